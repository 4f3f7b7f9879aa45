using System.Reflection;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>The grain classes that this process knows, found in every assembly that uses the model.</summary>
internal sealed class GrainCatalog
{
    private static readonly Lazy<GrainCatalog> _ofProcess = new(() => new GrainCatalog(Assemblies().SelectMany(TypesOf)));
    private readonly Dictionary<GrainType, GrainClass> _byName = [];
    private readonly Dictionary<Type, List<GrainClass>> _byInterface = [];

    /// <exception cref="OrleansConfigurationException">A class asks for what this engine does not do, or two have one name.</exception>
    public GrainCatalog(IEnumerable<Type> types)
    {
        foreach (var type in types.Where(GrainClass.IsOne).OrderBy(type => type.FullName, StringComparer.Ordinal))
            Add(new GrainClass(type));
    }

    /// <summary>All classes of the process. Found once: every silo of the process has the same.</summary>
    public static GrainCatalog OfProcess => _ofProcess.Value;

    public IEnumerable<GrainClass> Classes => _byName.Values;

    /// <summary>The interfaces that some class answers to.</summary>
    public IEnumerable<GrainInterface> Interfaces => _byInterface.Keys.Select(GrainInterface.Of);

    public GrainClass? Find(GrainType name) => _byName.GetValueOrDefault(name);

    /// <summary>The class that answers to an interface.</summary>
    /// <exception cref="ArgumentException">None does, or several do and the prefix chooses none of them.</exception>
    public GrainClass For(Type interfaceType, string? classNamePrefix = null)
    {
        if (!_byInterface.TryGetValue(interfaceType, out var classes))
            throw new ArgumentException($"Could not find an implementation for interface {interfaceType.FullName}.", nameof(interfaceType));
        if (classNamePrefix is not null)
            classes = classes.FindAll(one => one.Type.FullName!.StartsWith(classNamePrefix, StringComparison.Ordinal));
        return classes.Count == 1
            ? classes[0]
            : throw new ArgumentException($"{classes.Count} classes implement {interfaceType.FullName}{(classNamePrefix is null ? "" : $" with prefix {classNamePrefix}")}: {string.Join(", ", classes.Select(one => one.Type.FullName))}. Name one by a prefix.", nameof(interfaceType));
    }

    private void Add(GrainClass one)
    {
        if (!_byName.TryAdd(one.Name, one))
            throw new OrleansConfigurationException($"{one.Type.FullName} and {_byName[one.Name].Type.FullName} are both named {one.Name}; name one by [GrainType].");
        foreach (var type in one.Interfaces.Select(face => face.Type))
        {
            if (!_byInterface.TryGetValue(type, out var classes))
                _byInterface[type] = classes = [];
            classes.Add(one);
        }
    }

    /// <summary>The assemblies that use the model.</summary>
    public static HashSet<Assembly> Assemblies()
    {
        var model = typeof(GrainCatalog).Assembly.GetName().Name;
        var found = new HashSet<Assembly> { typeof(GrainCatalog).Assembly };
        var open = new Stack<Assembly>(AppDomain.CurrentDomain.GetAssemblies().Where(one => !one.IsDynamic));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (open.TryPop(out var assembly))
        {
            if (!seen.Add(assembly.FullName!) || IsFramework(assembly.GetName().Name!))
                continue;
            var references = assembly.GetReferencedAssemblies();
            if (!Array.Exists(references, one => one.Name == model))
                continue;
            found.Add(assembly);
            foreach (var reference in references.Where(one => !IsFramework(one.Name!) && one.Name != model))
                open.Push(Assembly.Load(reference));
        }

        return found;
    }

    private static bool IsFramework(string name) =>
        name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal)
        || name is "System" or "mscorlib" or "netstandard";

    private static Type[] TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException partial)
        {
            // An assembly may hold types for a platform that is not here; its grains are those that load.
            return [.. partial.Types.OfType<Type>()];
        }
    }
}
