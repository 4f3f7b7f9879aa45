using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>
/// Values as JSON, for the gateway and for stores. Only types that are declared to cross are ever built: the input chooses among the
/// members and the known derived types of what the contract names, and nothing else.
/// </summary>
internal static class WireFormat
{
    /// <summary>Deep enough for honest data, shallow enough that hostile input cannot exhaust the stack.</summary>
    public const int DeepestNesting = 64;

    public static JsonSerializerOptions Options { get; } = Create(link: null);

    /// <summary>Options by which references to grains are read as references that call by the link.</summary>
    public static JsonSerializerOptions Create(IGrainLink? link)
    {
        var options = new JsonSerializerOptions
        {
            MaxDepth = DeepestNesting,
            TypeInfoResolver = new DeclaredTypes(),
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = false,
        };
        options.Converters.Add(new JsonStringEnumConverter());
        options.Converters.Add(new GrainIdConverter());
        options.Converters.Add(new SiloAddressConverter());
        options.Converters.Add(new ReferenceConverterFactory(link));
        options.MakeReadOnly();
        return options;
    }

    /// <summary>Refuses types that the copier refuses, and gives declared ones their numbered members.</summary>
    private sealed class DeclaredTypes : IJsonTypeInfoResolver
    {
        private readonly DefaultJsonTypeInfoResolver _inner = new();

        public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options)
        {
            if (Crossing.IsDeclared(type) && !type.IsEnum)
                return DeclaredContract.Of(type, options);
            if (Crossing.IsTuple(type))
                return DeclaredContract.OfTuple(type, options);
            var info = _inner.GetTypeInfo(type, options);
            if (Nullable.GetUnderlyingType(type) is { } value && Crossing.IsDeclared(value))
                return info;
            if (info.Kind == JsonTypeInfoKind.Object || type == typeof(object))
                throw new NotSupportedException($"{type.FullName} cannot cross a call as JSON. Mark it [GenerateSerializer] and its members [Id(n)].");
            return info;
        }
    }

    private sealed class GrainIdConverter : JsonConverter<GrainId>
    {
        public override GrainId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.GetString() ?? "";
            var slash = text.IndexOf('/', StringComparison.Ordinal);
            return slash > 0 ? GrainId.Create(text[..slash], text[(slash + 1)..]) : throw new JsonException($"'{text}' is not a grain's identity: type/key.");
        }

        public override void Write(Utf8JsonWriter writer, GrainId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

    /// <summary>May be the key of a dictionary too: <c>IManagementGrain.GetHosts</c> answers with one.</summary>
    private sealed class SiloAddressConverter : JsonConverter<SiloAddress>
    {
        public override SiloAddress Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.GetString() ?? "";
            return SiloAddress.TryParse(text, out var address) ? address : throw new JsonException($"'{text}' is not a silo's address: host:port@generation.");
        }

        public override SiloAddress ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Read(ref reader, typeToConvert, options);

        public override void Write(Utf8JsonWriter writer, SiloAddress value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToParsableString());

        public override void WriteAsPropertyName(Utf8JsonWriter writer, SiloAddress value, JsonSerializerOptions options) =>
            writer.WritePropertyName(value.ToParsableString());
    }

    /// <summary>References travel as identities; which interface they answer to is the declared type's to say.</summary>
    private sealed class ReferenceConverterFactory(IGrainLink? link) : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => GrainInterface.IsOne(typeToConvert);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(ReferenceConverter<>).MakeGenericType(typeToConvert), link)!;
    }

    private sealed class ReferenceConverter<T>(IGrainLink? link) : JsonConverter<T>
    {
        public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var id = JsonSerializer.Deserialize<GrainId>(ref reader, options);
            if (link is null)
                throw new NotSupportedException($"A reference to {id} was stored; stores keep identities (GrainId), not references.");
            return (T)(object)link.ReferenceTo(typeof(T), id);
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(((GrainReference)(object)value!).GrainId.ToString());
    }
}
