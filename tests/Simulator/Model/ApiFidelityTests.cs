using System.Reflection;
using System.Runtime.Loader;

namespace AsyncTour.Simulator.Tests;

/// <summary>
/// What the Simulator declares in Orleans' namespaces is what Orleans declares there: same names, same signatures, same attribute
/// targets. A grain that compiles against the one then compiles against the other.
/// </summary>
public sealed class ApiFidelityTests : IDisposable
{
    /// <summary>Members beyond Orleans, each with its reason. There are none.</summary>
    private static readonly string[] _beyond = [];

    private readonly OrleansContext _orleans = new();

    public static TheoryData<string> DeclaredTypes() =>
        [.. typeof(Orleans.Grain).Assembly.GetExportedTypes().Where(IsModel).Select(type => type.FullName!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(DeclaredTypes))]
    public void Every_declared_type_is_as_Orleans_declares_it(string name)
    {
        var ours = typeof(Orleans.Grain).Assembly.GetType(name, throwOnError: true)!;
        var theirs = _orleans.Find(name);
        theirs.ShouldNotBeNull($"Orleans has no {name}.");
        ApiText.Head(ours).ShouldBe(ApiText.Head(theirs));
        ApiText.Interfaces(ours).Except(ApiText.Interfaces(theirs)).ShouldBeEmpty();
        ApiText.Members(ours).Except(ApiText.Members(theirs)).Select(line => $"{ours.Name}: {line}").Except(_beyond)
            .ShouldBeEmpty($"Orleans has: {string.Join("; ", ApiText.Members(theirs))}");
    }

    [Fact]
    public void Members_beyond_Orleans_are_listed_and_exist()
    {
        var all = typeof(Orleans.Grain).Assembly.GetExportedTypes().Where(IsModel)
            .SelectMany(type => ApiText.Members(type).Select(line => $"{type.Name}: {line}"));
        _beyond.Except(all).ShouldBeEmpty();
    }

    public void Dispose() => _orleans.Unload();

    private static bool IsModel(Type type) =>
        type.Namespace is { } name && (name == "Orleans" || name.StartsWith("Orleans.", StringComparison.Ordinal) || name == "Microsoft.Extensions.Hosting");

    /// <summary>Orleans' assemblies, looked at beside the model that has the same names.</summary>
    private sealed class OrleansContext() : AssemblyLoadContext("Orleans", isCollectible: true)
    {
        private static readonly string[] _paths = typeof(ApiFidelityTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(one => one.Key == "OrleansAssemblies").Value!.Split(';');

        public Type? Find(string name) => _paths.Select(path => LoadFromAssemblyPath(path).GetType(name)).FirstOrDefault(type => type is { IsVisible: true });

        protected override Assembly? Load(AssemblyName assemblyName) =>
            Array.Find(_paths, path => Path.GetFileNameWithoutExtension(path) == assemblyName.Name) is { } path ? LoadFromAssemblyPath(path) : null;
    }
}
