using Orleans;

namespace AsyncTour.Conformance.Tests;

/// <summary>Filters on the way to <see cref="IFilteredGrain"/>; other calls pass untouched.</summary>
public static class Filters
{
    public sealed class Outer : IIncomingGrainCallFilter
    {
        public Task Invoke(IIncomingGrainCallContext context) => Around("outer", context);
    }

    public sealed class Inner : IIncomingGrainCallFilter
    {
        public async Task Invoke(IIncomingGrainCallContext context)
        {
            await Around("inner", context);
            if (context.Result is "change me")
                context.Result = "changed";
        }
    }

    public sealed class Outgoing : IOutgoingGrainCallFilter
    {
        public async Task Invoke(IOutgoingGrainCallContext context)
        {
            if (context.MethodName == nameof(IFilteredGrain.Unreached))
                context.Result = "answered before it was sent";
            else
                await Around("outgoing", context);
        }
    }

    private static async Task Around(string name, IGrainCallContext context)
    {
        if (context.InterfaceMethod?.DeclaringType != typeof(IFilteredGrain))
        {
            await context.Invoke();
            return;
        }

        var signals = Signals.Of(context.TargetId.Key.ToString()!);
        signals.Note($"{name} {context.MethodName}");
        await context.Invoke();
        signals.Note($"{name} {context.Result}");
    }
}

public interface IFilteredGrain : IGrainWithStringKey
{
    Task<string> Echo(string text);

    Task<string> Unreached();

    Task Plain();
}

public sealed class FilteredGrain : Grain, IFilteredGrain, IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        Signals.Of(this.GetPrimaryKeyString()).Note($"own {context.ImplementationMethod.Name}");
        await context.Invoke();
    }

    public Task<string> Echo(string text) => Task.FromResult(text);

    public Task<string> Unreached() => Task.FromResult("reached");

    public Task Plain() => Task.CompletedTask;
}

public sealed class FilterTests(HonestCluster cluster)
{
    [Fact]
    public async Task Filters_wrap_a_call_in_the_order_of_their_registration_and_the_grains_own_is_innermost()
    {
        var (grain, signals) = New();
        (await grain.Echo("hi")).ShouldBe("hi");
        signals.Log.ShouldBe(["outgoing Echo", "outer Echo", "inner Echo", "own Echo", "inner hi", "outer hi", "outgoing hi"]);
    }

    [Fact]
    public async Task A_filter_may_replace_the_result()
    {
        var (grain, _) = New();
        (await grain.Echo("change me")).ShouldBe("changed");
    }

    [Fact]
    public async Task A_filter_that_does_not_go_on_keeps_the_call_from_the_grain()
    {
        var (grain, signals) = New();
        (await grain.Unreached()).ShouldBe("answered before it was sent");
        signals.Log.ShouldBeEmpty();
    }

    [Fact]
    public async Task Calls_without_a_result_pass_filters_too() => await New().Grain.Plain();

    private (IFilteredGrain Grain, Signals Signals) New()
    {
        var key = Signals.NewKey();
        return (cluster.Grains.GetGrain<IFilteredGrain>(key), Signals.Of(key));
    }
}
