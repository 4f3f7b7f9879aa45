using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AsyncTour.Grains.Jobs;

/// <summary>The kinds of job that this silo can run, by name.</summary>
public sealed class JobKinds
{
    private readonly Dictionary<string, IJobKind> _handlers = new(StringComparer.Ordinal);

    internal JobKinds(IEnumerable<Registration> registrations, IServiceProvider services)
    {
        foreach (var registration in registrations)
        {
            _handlers[registration.Kind] = (IJobKind)ActivatorUtilities.CreateInstance(services, registration.Handler);
        }

        Names = [.. _handlers.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>The kinds' names, in alphabetical order.</summary>
    public IReadOnlyCollection<string> Names { get; }

    /// <summary>Whether jobs of this kind block a thread, and so may run under the strategy <c>executor</c>.</summary>
    public bool IsBlocking(string kind) => _handlers.GetValueOrDefault(kind) is IBlockingJobHandler;

    /// <summary>The handler for a kind.</summary>
    /// <exception cref="RefusedException">No handler has that name.</exception>
    public IJobKind this[string kind] =>
        _handlers.GetValueOrDefault(kind) ?? throw new RefusedException(UnknownKind(kind));

    /// <summary>Why a job cannot be run, in one sentence; <c>null</c> if it can.</summary>
    public string? Refuse(Job job)
    {
        if (!_handlers.TryGetValue(job.Kind, out var handler))
        {
            return UnknownKind(job.Kind);
        }

        return handler.Refuse(job.Argument) is { } reason ? $"job {job.Index}: '{job.Argument}' {reason}" : null;
    }

    private string UnknownKind(string kind) => $"there is no job kind '{kind}'; the kinds are {string.Join(", ", Names)}";

    internal sealed record Registration(string Kind, Type Handler);
}

/// <summary>Adds job kinds to a silo.</summary>
public static class JobKindsExtensions
{
    /// <summary>
    /// Lets this silo run jobs of one kind. The handler is made once, from dependency injection, and serves every worker
    /// of the silo at once. A kind added twice is served by the later handler.
    /// </summary>
    /// <typeparam name="THandler">An <see cref="IJobHandler"/> or an <see cref="IBlockingJobHandler"/>.</typeparam>
    public static IServiceCollection AddJobHandler<THandler>(this IServiceCollection services, string kind)
        where THandler : class, IJobKind
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        if (!typeof(IJobHandler).IsAssignableFrom(typeof(THandler)) && !typeof(IBlockingJobHandler).IsAssignableFrom(typeof(THandler)))
        {
            throw new ArgumentException($"{typeof(THandler)} must be an IJobHandler or an IBlockingJobHandler.", nameof(kind));
        }

        services.TryAddSingleton(provider => new JobKinds(provider.GetServices<JobKinds.Registration>(), provider));
        return services.AddSingleton(new JobKinds.Registration(kind, typeof(THandler)));
    }

    /// <summary>Adds the built-in kinds: <c>sleep</c>, <c>block</c>, <c>spin</c>, <c>http</c>, <c>fail</c>.</summary>
    public static IServiceCollection AddBuiltInJobHandlers(this IServiceCollection services)
    {
        services.AddHttpClient(Handlers.HttpJob.ClientName);
        return services
            .AddJobHandler<Handlers.SleepJob>("sleep")
            .AddJobHandler<Handlers.BlockJob>("block")
            .AddJobHandler<Handlers.SpinJob>("spin")
            .AddJobHandler<Handlers.HttpJob>("http")
            .AddJobHandler<Handlers.FailJob>("fail");
    }
}
