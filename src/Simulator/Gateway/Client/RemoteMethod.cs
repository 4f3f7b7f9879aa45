using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orleans;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>One method as this client asks for it: all of a request that does not change from call to call.</summary>
internal sealed class RemoteMethod
{
    private const int LargestKept = 64 * 1024;

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? _kept;

    private readonly GatewayConnection _connection;
    private readonly JsonTypeInfo[] _arguments;
    private readonly JsonTypeInfo? _result;
    private readonly string _before;
    private readonly string _after;
    private readonly bool _hasNumberKey;

    public RemoteMethod(GrainMethod method, GatewayConnection connection, JsonSerializerOptions json)
    {
        var contract = GrainInterface.Of(method.InterfaceType);
        _connection = connection;
        _arguments = [.. method.Arguments.Select(argument => json.GetTypeInfo(argument.ParameterType))];
        _result = method.ResultType == typeof(Nothing) ? null : json.GetTypeInfo(method.ResultType);
        _before = $"grains/{Uri.EscapeDataString(contract.Type.FullName!)}/";
        _after = $"/{Uri.EscapeDataString(method.WireName)}";
        _hasNumberKey = typeof(IGrainWithIntegerKey).IsAssignableFrom(contract.Type);
        Contract = GatewayProtocol.ContractOf(contract);
    }

    /// <summary>The fingerprint of its interface.</summary>
    public string Contract { get; }

    /// <summary>Where a call of a reference goes. A reference remembers it: most are used more than once.</summary>
    public Uri AddressOf(GrainReference target)
    {
        for (var route = target.LastTarget as Route; route is not null; route = route.Next)
        {
            if (route.Method == this)
                return route.Address;
        }

        var address = _connection.At(_before + Uri.EscapeDataString(KeyText(target.GrainId)) + _after);
        target.LastTarget = new Route(this, address, target.LastTarget as Route);
        return address;
    }

    /// <summary>A request's body: the arguments as an array. Buffer and writer are kept for the thread's next call, unless this one was large.</summary>
    public byte[] Write(object?[] arguments)
    {
        var (buffer, writer) = _kept ?? NewWriter();
        _kept = null;
        writer.WriteStartArray();
        for (var i = 0; i < arguments.Length; i++)
            JsonSerializer.Serialize(writer, arguments[i], _arguments[i]);
        writer.WriteEndArray();
        writer.Flush();
        var body = buffer.WrittenSpan.ToArray();
        buffer.ResetWrittenCount();
        writer.Reset();
        if (buffer.Capacity <= LargestKept)
            _kept = (buffer, writer);
        return body;
    }

    /// <summary>A small result is read at once and whole; a large one as it comes.</summary>
    public async ValueTask<object?> ReadAsync(HttpContent content, CancellationToken token)
    {
        await using var body = await content.ReadAsStreamAsync(token);
        if (content.Headers.ContentLength is not (<= LargestKept and var length))
            return await JsonSerializer.DeserializeAsync(body, _result!, token);
        var buffer = ArrayPool<byte>.Shared.Rent((int)length);
        try
        {
            await body.ReadExactlyAsync(buffer.AsMemory(0, (int)length), token);
            return JsonSerializer.Deserialize(buffer.AsSpan(0, (int)length), _result!);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer) NewWriter()
    {
        var buffer = new ArrayBufferWriter<byte>();
        return (buffer, new Utf8JsonWriter(buffer));
    }

    private string KeyText(GrainId id) =>
        _hasNumberKey ? GrainKey.ReadInteger(id).ToString(CultureInfo.InvariantCulture) : id.Key.ToString()!;

    private sealed record Route(RemoteMethod Method, Uri Address, Route? Next);
}
