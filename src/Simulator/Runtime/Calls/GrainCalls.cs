using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>Where the proxies' methods arrive: one entry for each shape of return type.</summary>
internal static class GrainCalls
{
    public static Task<TResult> AsTask<TArguments, TResult>(GrainReference reference, GrainMethod<TArguments, TResult> method, TArguments arguments, CancellationToken token)
    {
        if (token.IsCancellationRequested)
            return Task.FromCanceled<TResult>(token);
        var outgoing = reference.Link.Outgoing;
        return outgoing.IsPlain
            ? Send(reference, method, arguments, token, default)
            : outgoing.Send(reference, method, arguments, token);
    }

    public static ValueTask AsValueTask<TArguments, TResult>(GrainReference reference, GrainMethod<TArguments, TResult> method, TArguments arguments, CancellationToken token) =>
        new(AsTask(reference, method, arguments, token));

    public static ValueTask<TResult> AsValueTaskOf<TArguments, TResult>(GrainReference reference, GrainMethod<TArguments, TResult> method, TArguments arguments, CancellationToken token) =>
        new(AsTask(reference, method, arguments, token));

    public static Task<TResult> Send<TArguments, TResult>(
        GrainReference reference,
        GrainMethod<TArguments, TResult> method,
        TArguments arguments,
        CancellationToken token,
        System.Diagnostics.ActivityContext trace)
    {
        var link = reference.Link;
        if (link.CopiesArguments)
            arguments = method.CopyArguments(arguments);
        var call = new Call<TArguments, TResult>(reference, method, arguments, Activation.Current) { Trace = trace };
        return Leave(call, link, token);
    }

    /// <summary>The call is complete and goes on its way.</summary>
    public static Task<TResult> Leave<TArguments, TResult>(Call<TArguments, TResult> call, IGrainLink link, CancellationToken token)
    {
        var promise = call.Promise;
        link.Send(call);
        call.Watch(token);
        return promise;
    }
}
