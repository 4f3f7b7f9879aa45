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
    [InlineData("--port", "0")]
    [InlineData("--silo-port", "65536")]
    [InlineData("--http-port", "x")]
    [InlineData("--cluster", "azure")]
    [InlineData("--redis", "localhost:6379")]
    [InlineData("--address", "10.0.0.1")]
    [InlineData("--cluster", "redis", "--join", "11111")]
    [InlineData("--unheard-of")]
    public async Task What_cannot_be_meant_is_refused(params string[] args)
    {
        var (exitCode, settings) = await Parser.SiloAsync(args);

        exitCode.ShouldNotBe(0);
        settings.ShouldBeNull();
    }
}
