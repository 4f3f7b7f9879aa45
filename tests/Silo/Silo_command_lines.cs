using AsyncTour.Grains;
using AsyncTour.Silo.Tests.Support;
using AsyncTour.Tracing.Recording;

namespace AsyncTour.Silo.Tests;

public sealed class Silo_command_lines
{
    [Fact]
    public async Task Nothing_said_is_one_silo_on_loopback()
    {
        var (exitCode, settings) = await Parser.SiloAsync();

        exitCode.ShouldBe(0);
        settings!.Cluster.ShouldBe(ClusterKind.Localhost);
        settings.Address.ShouldBe("127.0.0.1");
        settings.HttpOnAnyAddress.ShouldBeFalse();
        settings.GatewayPort.ShouldBe(30_000);
        settings.HttpPort.ShouldBe(8_080);
    }

    [Fact]
    public async Task Several_silos_on_one_machine_differ_by_their_ports()
    {
        var (_, settings) = await Parser.SiloAsync("--name", "silo-2", "--port", "30001", "--silo-port", "11112", "--join", "11111", "--http-port", "0");

        settings!.Name.ShouldBe("silo-2");
        settings.GatewayPort.ShouldBe(30_001);
        settings.SiloPort.ShouldBe(11_112);
        settings.FirstSiloPort.ShouldBe(11_111);
        settings.HttpPort.ShouldBeNull();
    }

    [Fact]
    public async Task Runs_are_kept_where_redis_is()
    {
        var (_, settings) = await Parser.SiloAsync("--cluster", "redis", "--redis", "10.0.0.5:6380");

        settings!.Redis.ShouldBe("10.0.0.5:6380");
        settings.IsDurable.ShouldBeTrue();
    }

    [Fact]
    public async Task Traces_go_where_they_are_told()
    {
        (await Parser.SiloAsync("--traces", "none")).Settings!.Traces.Exporter.ShouldBe(TraceExporter.None);
        (await Parser.SiloAsync("--trace-exporter", "otlp")).Settings!.Traces.Exporter.ShouldBe(TraceExporter.Otlp);
    }

    [Theory]
    [InlineData("--redis", "localhost:6379")]
    [InlineData("--address", "10.0.0.1")]
    [InlineData("--cluster", "redis", "--join", "11111")]
    public async Task What_cannot_be_meant_is_refused(params string[] args)
    {
        var (exitCode, settings) = await Parser.SiloAsync(args);

        exitCode.ShouldBe(2);
        settings.ShouldBeNull();
    }

    [Theory]
    [InlineData("--port 0", "--port 0 is no port: give a whole number from 1 to 65535")]
    [InlineData("--port x", "--port x is no port: give a whole number from 1 to 65535")]
    [InlineData("--silo-port 65536", "--silo-port 65536 is no port: give a whole number from 1 to 65535")]
    [InlineData("--http-port -1", "--http-port -1 is no port: give a whole number from 0 to 65535")]
    [InlineData("--join x", "--join x is no port: give a whole number from 1 to 65535")]
    [InlineData("--cluster azure", "--cluster azure is not allowed: write one of localhost, redis")]
    [InlineData("--trace-exporter 7", "--trace-exporter 7 is not allowed: write one of file, console, otlp, none")]
    [InlineData("--unheard-of", "a silo has no option '--unheard-of': see --help")]
    [InlineData("health --http-port x", "--http-port x is no port: give a whole number from 1 to 65535")]
    public async Task What_cannot_be_read_is_refused_in_one_sentence(string line, string sentence)
    {
        using var error = new StringWriter();
        var (exitCode, settings) = await Parser.SiloAsync(error, line.Split(' '));

        exitCode.ShouldBe(2);
        settings.ShouldBeNull();
        error.ToString().ShouldBe($"silo: {sentence}{Environment.NewLine}");
    }

    [Fact]
    public async Task Help_is_given_whatever_else_is_wrong()
    {
        (await Parser.SiloAsync("--unheard-of", "--help")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_found_out_before_the_silo_starts()
    {
        using var folder = new StateFolder();
        var file = Path.Combine(folder.Path, "a-file");
        File.WriteAllText(file, "");

        Should.Throw<RefusedException>(() => Folders.Refuse(new SiloSettings { StorageFolder = Path.Combine(file, "state") }))
            .Message.ShouldStartWith($"--storage {file}/state cannot be written: ");
        Folders.Refuse(new SiloSettings { StorageFolder = Path.Combine(folder.Path, "state") });
        Directory.GetFileSystemEntries(Path.Combine(folder.Path, "state")).ShouldBeEmpty();
    }
}
