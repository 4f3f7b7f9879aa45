using AsyncTour.Client.Tests.Support;

namespace AsyncTour.Client.Tests;

public sealed class Refusals
{
    [Theory]
    [InlineData("run pol", "'pol' is no strategy (did you mean 'pool'?): the strategies are sequential, wait-all, first-completed, pool, executor")]
    [InlineData("run", "'run' needs a strategy: one of sequential, wait-all, first-completed, pool, executor")]
    [InlineData("rnu pool", "'asynctour' has no command 'rnu' (did you mean 'run'?): there are tour, run, compare")]
    [InlineData("run pool --jbs 3", "'run' has no option '--jbs' (did you mean '--jobs'?): see 'run --help'")]
    [InlineData("run pool extra", "'extra' is one word too many for 'run': see 'run --help'")]
    [InlineData("run pool --jobs", "--jobs needs a value: --jobs N")]
    [InlineData("run pool --jobs -1", "--jobs -1 is not allowed: give a whole number from 1 to 100,000,000")]
    [InlineData("run pool --jobs 0", "--jobs 0 is not allowed: give a whole number from 1 to 100,000,000")]
    [InlineData("run pool --jobs 3 --jobs 4", "--jobs is given twice: give it once")]
    [InlineData("run pool --jobs 3 --jobs 4 --jobs 5", "--jobs is given 3 times: give it once")]
    [InlineData("run pool --jobs many", "--jobs many is not allowed: give a whole number from 1 to 100,000,000")]
    [InlineData("run pool --max-workers 0", "--max-workers 0 is not allowed: give a whole number from 1 to 1,000,000")]
    [InlineData("run pool --duration 5x", "--duration 5x is not a duration: write 50ms, 0..1s, exp:200ms or pareto:20ms:1.5")]
    [InlineData("run pool --timeout 0", "--timeout 0 is not a length of time above zero: write a number and a unit, such as 50ms, 1.5s or 2m (us, ms, s, m, h)")]
    [InlineData("run pool --kind slep --embedded", "there is no job kind 'slep' (did you mean 'sleep'?): the kinds are block, fail, http, sleep, spin")]
    [InlineData("run executor --kind sleep", "executor gives each job a thread to block, and sleep jobs await: use block or spin, or another strategy")]
    [InlineData("run pool --kind http", "--kind http needs --input FILE with one URL a line, or --input - to read them from standard input")]
    [InlineData("run pool --input - --jobs 3", "--input and --jobs exclude each other: the input's lines are the jobs")]
    [InlineData("run pool --connect here", "--connect here is not an address: write HOST:PORT, such as localhost:30000, several with commas between them, or --connect as the last word")]
    [InlineData("run pool --connect localhost:30000,here", "--connect here is not an address: write HOST:PORT, such as localhost:30000, several with commas between them, or --connect as the last word")]
    [InlineData("run pool --connect localhost:1 --embedded", "--connect and --embedded exclude each other: give one of them, or neither")]
    [InlineData("run pool --json --trace-exporter console", "--json and --trace-exporter console both want standard output: give one of them")]
    [InlineData("run pool --trace-exporter fiel", "--trace-exporter fiel is no exporter (did you mean 'file'?): the exporters are file, console, otlp")]
    [InlineData("run pool --on-error stop", "--on-error stop is no policy: write collect, fail-fast or stop:N")]
    [InlineData("run pool --rate fast", "--rate fast is no rate: write a number and a unit of time, such as 50/s or 200/min")]
    [InlineData("run pool --until 0", "--until 0 is no number of jobs: write how many, such as 3, or a share, such as 50%")]
    [InlineData("compare --input -", "compare reads its input once for each strategy: give a file, not standard input")]
    [InlineData("tour first-complete", "'first-complete' is no chapter (did you mean 'first-completed'?)")]
    public async Task What_cannot_be_run_is_refused_in_one_sentence_and_nothing_is_started(string line, string sentence)
    {
        using var run = await Invocation.Of(line.Split(' '));

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldStartWith("asynctour: " + sentence);
        run.Error.TrimEnd().ShouldNotContain('\n');
        run.Out.ShouldBeEmpty();
        Directory.GetFiles(run.Folder.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "only emptiness")]
    [InlineData("\n  \n# nothing but a comment\n", "only blank lines or comments")]
    public async Task An_input_without_jobs_is_refused(string text, string what)
    {
        using var folder = new TempFolder();
        using var run = await Invocation.Of("run", "pool", "--input", folder.Write("jobs.txt", text));

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain($"jobs.txt has no jobs, {what}: give at least one line");
        run.Out.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_refused()
    {
        using var run = await Invocation.Of("run", "pool", "--input", "nowhere.txt");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldBe("asynctour: --input nowhere.txt cannot be read (there is no such file): give a readable file with one job a line, or - for standard input\n".ReplaceLineEndings());
    }

    [Fact]
    public async Task A_folder_is_refused_as_input()
    {
        using var folder = new TempFolder();
        using var run = await Invocation.Of("run", "pool", "--input", folder.Path);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("is a folder: give a file with one job a line");
    }

    [Theory]
    [InlineData("# pages\nexample.org\n")]
    [InlineData("http://localhost/\nexample.org\n")]
    public async Task A_line_of_a_file_that_is_no_job_is_refused_with_its_number(string text)
    {
        using var folder = new TempFolder();
        using var run = await Invocation.Of("run", "pool", "--kind", "http", "--input", folder.Write("urls.txt", text));

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("line 2: 'example.org' is not an absolute http or https URL");
        run.Out.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_address_where_no_silo_answers_is_exit_code_3()
    {
        using var run = await Invocation.Of("run", "pool", "--connect", "localhost:1");

        run.ExitCode.ShouldBe(3);
        run.Error.ShouldContain("localhost:1");
        run.Out.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_trace_that_is_not_there_is_refused()
    {
        using var run = await Invocation.Of("trace", "show", "cafe");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldStartWith("asynctour: There are no traces in");
    }
}
