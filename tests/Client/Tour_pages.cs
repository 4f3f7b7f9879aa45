using System.Text.RegularExpressions;
using AsyncTour.Client.Tests.Support;
using AsyncTour.Client.Tour;

namespace AsyncTour.Client.Tests;

public sealed class Tour_pages
{
    private const string Conversation =
        "What's your name mate?|(Is future <Future pending> cancelled? False)|(Is future <Future pending> done? False)|" +
        "(Is future <Future finished result='Sam'> done? True)|My name is Sam";

    [Fact]
    public async Task The_chapters_are_listed()
    {
        using var run = await Invocation.Of("tour", "--list");

        run.ExitCode.ShouldBe(0);
        run.Out.ShouldBeGolden("tour-list");
    }

    [Fact]
    public async Task A_chapter_shows_both_sources_both_results_and_the_trace()
    {
        using var run = new Invocation { Width = 80 };
        await run.RunAsync("tour", "executor");

        run.ExitCode.ShouldBe(0);
        run.Out.ShouldContain("Py │ with ThreadPoolExecutor(max_workers=None) as pool:");
        run.Out.ShouldContain("C# │ var spec = new RunSpec { Strategy = \"executor\", MaxWorkers = null };");
        run.Out.ShouldContain("notebook  [9, 0, 5, 4, 6, 1, 7, 2, 8, 3]");
        run.Out.ShouldContain("here      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]");
        run.Out.ShouldContain("worker 0 │");
        run.Out.Split('\n').ShouldAllBe(static line => line.Length <= 80);
    }

    [Theory]
    [InlineData("generator", "Result not ready yet. Please try again.|'Coroutine says hi!'")]
    [InlineData("yield-from", "Waiting 2 seconds|Result not ready yet. Please try again.|1")]
    [InlineData("awaiting", "Waiting 2 seconds|1|cannot reuse already awaited coroutine 'Coroutine': call its method again for a fresh|one.")]
    [InlineData("async-sugar", "Waiting 2 seconds|1|Waiting 2 seconds|1")]
    [InlineData("coroutine-function", "<coroutine CoroutineFunc>, jobs in the trace: 0|awaited: 0|<coroutine CoroutineFunc closed>, jobs in the trace: 1")]
    [InlineData("futures", Conversation)]
    [InlineData("promises", "My names are Sam and Sue|settled again: False; still Sam")]
    [InlineData("tasks", $"<Task pending name='Task-#' coro=<WhatsYourName()>>|{Conversation}|<Task finished name='Task-#' coro=<WhatsYourName()> result=None>")]
    [InlineData("ensure-future", $"<Task pending name='Task-#' coro=<WhatsYourName()>>|the same future: True|{Conversation}|<Task finished name='Task-#' coro=<WhatsYourName()> result=None>")]
    public async Task The_cells_of_part_2_print_what_the_notebook_printed(string chapter, string lines)
    {
        using var run = await Invocation.Of("tour", chapter);

        run.ExitCode.ShouldBe(0);
        var page = Regex.Replace(run.Out, "Task-[0-9]+", "Task-#").Split('\n').Select(static line => line.TrimEnd()).ToList();
        var first = page.FindIndex(static line => line.StartsWith("  here     │ ", StringComparison.Ordinal));
        var expected = lines.Split('|');
        page.Skip(first).Take(expected.Length).Select(static line => line[13..]).ShouldBe(expected);
    }

    [Fact]
    public async Task The_trace_tells_who_settled_a_promise_and_who_waited()
    {
        using var run = await Invocation.Of("tour", "promises");

        run.Out.ShouldContain("promise settle, by another one: done");
        run.Out.ShouldContain("promise settle, by another one: too late");
        run.Out.ShouldMatch(@"promise wait, by this terminal: .*, ended by another one");
    }

    [Fact]
    public void Every_chapter_carries_the_source_it_runs_and_it_fits_eighty_columns()
    {
        foreach (var chapter in TourGuide.Chapters)
        {
            var lines = SourceOfChapter.Lines(chapter.GetType());

            lines.ShouldNotBeEmpty(chapter.Name);
            lines.Concat(chapter.Python.Split('\n')).ShouldAllBe(static line => line.Length <= 73);
        }
    }

    [Fact]
    public void Only_what_stands_between_the_marks_is_shown()
    {
        string[] file = ["before", "    #region shown", "    one", "      two", "    #endregion", "between", "    #region shown", "    three", "    #endregion", "after"];

        SourceOfChapter.Dedent(SourceOfChapter.Cut(file)).ShouldBe(["one", "  two", "", "three"]);
    }
}
