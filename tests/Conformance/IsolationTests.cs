using Orleans;

namespace AsyncTour.Conformance.Tests;

[GenerateSerializer]
[Alias("conformance.box")]
public class Box
{
    [Id(0)]
    public List<int> Numbers { get; set; } = [];

    [Id(1)]
    public Box? Inner { get; set; }

    /// <summary>Has no number, so it stays behind.</summary>
    [field: NonSerialized]
    public string NotSent { get; set; } = "";
}

[GenerateSerializer]
[Alias("conformance.labelled")]
public sealed class LabelledBox : Box
{
    [Id(0)]
    public string Label { get; set; } = "";
}

[GenerateSerializer]
[Immutable]
[Alias("conformance.frozen")]
public sealed record Frozen([property: Id(0)] string Text);

[GenerateSerializer]
[Alias("conformance.point")]
public sealed record Point(int X, double Y, DateTimeOffset? When, Dictionary<string, int[]> Table);

public interface IKeepGrain : IGrainWithStringKey
{
    Task Keep(Box box);

    Task<Box> Kept();

    Task<int> Sum();

    Task<Frozen> Same(Frozen frozen);

    Task<bool> AreOne(List<Box> boxes);

    Task<Point> Mirror(Point point);

    Task<string> LabelOf(Box box);
}

public sealed class KeepGrain : Grain, IKeepGrain
{
    private Box _box = new();

    public Task Keep(Box box)
    {
        _box = box;
        return Task.CompletedTask;
    }

    public Task<Box> Kept() => Task.FromResult(_box);

    public Task<int> Sum() => Task.FromResult(_box.Numbers.Sum());

    public Task<Frozen> Same(Frozen frozen) => Task.FromResult(frozen);

    public Task<bool> AreOne(List<Box> boxes) => Task.FromResult(ReferenceEquals(boxes[0], boxes[1]) && boxes[0].Inner == boxes[0]);

    public Task<Point> Mirror(Point point) => Task.FromResult(point);

    public Task<string> LabelOf(Box box) => Task.FromResult((box as LabelledBox)?.Label ?? "plain");
}

public sealed class IsolationTests(HonestCluster cluster)
{
    private readonly IKeepGrain _grain = cluster.Grains.GetGrain<IKeepGrain>(Signals.NewKey());

    [Fact]
    public async Task What_the_caller_changes_after_the_call_does_not_reach_the_callee()
    {
        var box = new Box { Numbers = [1, 2], NotSent = "here only" };
        await _grain.Keep(box);
        box.Numbers.Add(100);
        (await _grain.Sum()).ShouldBe(3);
        (await _grain.Kept()).NotSent.ShouldBe("");
    }

    [Fact]
    public async Task What_the_caller_changes_in_a_result_does_not_reach_the_callee()
    {
        await _grain.Keep(new Box { Numbers = [1, 2] });
        (await _grain.Kept()).Numbers.Add(100);
        (await _grain.Sum()).ShouldBe(3);
        (await _grain.Kept()).ShouldNotBeSameAs(await _grain.Kept());
    }

    [Fact]
    public async Task Immutable_objects_cross_as_they_are()
    {
        var frozen = new Frozen("ice");
        (await _grain.Same(frozen)).ShouldBeSameAs(frozen);
    }

    [Fact]
    public async Task Objects_that_are_shared_or_go_round_in_one_call_stay_so()
    {
        var box = new Box();
        box.Inner = box;
        (await _grain.AreOne([box, box])).ShouldBeTrue();
    }

    [Fact]
    public async Task An_object_keeps_its_own_type()
    {
        (await _grain.LabelOf(new LabelledBox { Label = "mine" })).ShouldBe("mine");
        (await _grain.LabelOf(new Box())).ShouldBe("plain");
    }

    [Fact]
    public async Task Records_and_collections_arrive_equal_and_apart()
    {
        var table = new Dictionary<string, int[]>(StringComparer.OrdinalIgnoreCase) { ["a"] = [1, 2] };
        var point = new Point(1, 2.5, DateTimeOffset.UnixEpoch, table);
        var mirrored = await _grain.Mirror(point);
        (mirrored.X, mirrored.Y, mirrored.When).ShouldBe((1, 2.5, DateTimeOffset.UnixEpoch));
        mirrored.Table["A"].ShouldBe([1, 2]);
        mirrored.Table.ShouldNotBeSameAs(table);
        mirrored.Table["a"].ShouldNotBeSameAs(table["a"]);
    }
}
