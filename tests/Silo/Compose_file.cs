using System.Diagnostics;
using System.Text.RegularExpressions;
using AsyncTour.Silo.Tests.Support;

namespace AsyncTour.Silo.Tests;

public sealed class Compose_file
{
    [Fact]
    public void Has_three_silos_redis_jaeger_and_a_client() =>
        ComposeFile.Services.Keys.Order(StringComparer.Ordinal).ShouldBe(["client", "jaeger", "redis", "silo-1", "silo-2", "silo-3"]);

    [Fact]
    public async Task Every_silo_s_command_line_is_one_the_silo_runs_with()
    {
        foreach (var service in ComposeFile.Silos)
        {
            var (exitCode, settings) = await Parser.SiloAsync(ComposeFile.List(service, "command"));

            exitCode.ShouldBe(0, service);
            settings!.Name.ShouldBe(service);
            settings.Address.ShouldBe(service, "its name in the compose network is where the others find it");
            settings.Cluster.ShouldBe(ClusterKind.Redis);
            settings.Redis.ShouldBe("redis:6379");
        }
    }

    [Fact]
    public void The_client_s_command_line_is_one_the_client_runs_with()
    {
        var program = ComposeFile.List("client", "entrypoint")[2..];

        Parser.ClientErrors([.. program, .. ComposeFile.List("client", "command")]).ShouldBeEmpty();
        Parser.ClientErrors([.. program, "run", "pool", "--jobs", "10", "--max-workers", "3"]).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_silos_health_check_is_one_the_silo_answers()
    {
        var check = Regex.Match(ComposeFile.Text, @"silo/AsyncTour\.Silo\.dll"", ""(?<verb>\w+)""\]");

        (await Parser.SiloAsync(check.Groups["verb"].Value)).ExitCode.ShouldBe(0);
    }

    [Fact]
    public void Opens_no_port_beyond_loopback()
    {
        var ports = Regex.Matches(ComposeFile.Text, @"^ +- ""(?<host>[^""]*):\d+:\d+""$", RegexOptions.Multiline);

        ports.Count.ShouldBe(2);
        ports.ShouldAllBe(static port => port.Groups["host"].Value == "127.0.0.1");
    }

    [Fact]
    public void Pins_every_image_by_version() =>
        Regex.Matches(ComposeFile.Text, @"image: (?<image>\S+)").ShouldAllBe(static image => Regex.IsMatch(image.Groups["image"].Value, @":\d+\.\d+\.\d+"));

    [Fact]
    public async Task Is_accepted_by_docker_s_own_parser()
    {
        var parser = ComposeParser();
        Assert.SkipWhen(parser is null, "neither docker compose nor docker-compose is installed");

        using var process = Process.Start(new ProcessStartInfo(parser![0], [.. parser[1..], "-f", ComposeFile.Path, "config", "--quiet"])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.ShouldBe(0, said);
    }

    private static string[]? ComposeParser() => ((string[][])[["docker", "compose"], ["docker-compose"]]).FirstOrDefault(static command => Answers([.. command, "version"]));

    private static bool Answers(string[] command)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
