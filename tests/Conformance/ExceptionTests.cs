using Orleans;
using Orleans.Storage;

namespace AsyncTour.Conformance.Tests;

[GenerateSerializer]
[Alias("conformance.trouble")]
public sealed class TroubleException(string message, int code) : Exception(message)
{
    [Id(0)]
    public int Code { get; } = code;
}

public interface IFailingGrain : IGrainWithStringKey
{
    Task Throw(string message);

    Task ThrowBeforeItsTask(string message);

    Task ThrowOwn(string message, int code);

    Task<string> ThrowThrough(string message);

    Task ThrowStale();

    Task<string> Activation();
}

public sealed class FailingGrain : Grain, IFailingGrain
{
    public async Task Throw(string message)
    {
        await Task.Yield();
        throw new FormatException(message);
    }

    public Task ThrowBeforeItsTask(string message) => throw new InvalidOperationException(message);

    public Task ThrowOwn(string message, int code) => throw new TroubleException(message, code);

    public async Task<string> ThrowThrough(string message)
    {
        await GrainFactory.GetGrain<IFailingGrain>(this.GetPrimaryKeyString() + "-next").Throw(message);
        return "unreachable";
    }

    public Task ThrowStale() => throw new InconsistentStateException("stale");

    public Task<string> Activation() => Task.FromResult(GrainContext.ActivationId.ToString());
}

public sealed class ExceptionTests(HonestCluster cluster)
{
    private readonly IFailingGrain _grain = cluster.Grains.GetGrain<IFailingGrain>(Signals.NewKey());

    [Fact]
    public async Task Type_and_message_cross()
    {
        (await Should.ThrowAsync<FormatException>(() => _grain.Throw("wrong"))).Message.ShouldBe("wrong");
        (await Should.ThrowAsync<InvalidOperationException>(() => _grain.ThrowBeforeItsTask("early"))).Message.ShouldBe("early");
        (await Should.ThrowAsync<FormatException>(() => _grain.ThrowThrough("far"))).Message.ShouldBe("far");
    }

    [Fact]
    public async Task An_exceptions_own_members_cross()
    {
        var failure = await Should.ThrowAsync<TroubleException>(() => _grain.ThrowOwn("mine", 7));
        (failure.Message, failure.Code).ShouldBe(("mine", 7));
    }

    [Fact]
    public async Task A_failed_call_leaves_the_activation_as_it_was()
    {
        var before = await _grain.Activation();
        await Should.ThrowAsync<FormatException>(() => _grain.Throw("wrong"));
        (await _grain.Activation()).ShouldBe(before);
    }

    [Fact]
    public async Task InconsistentStateException_ends_its_activation()
    {
        var before = await _grain.Activation();
        await Should.ThrowAsync<InconsistentStateException>(_grain.ThrowStale);
        (await _grain.Activation()).ShouldNotBe(before);
    }
}
