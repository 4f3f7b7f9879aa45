using AsyncTour.Client.Commands;
using AsyncTour.Client.Commands.Help;
using AsyncTour.Client.Commands.Parsing;
using AsyncTour.Client.Connections;
using AsyncTour.Client.Terminals;
using AsyncTour.Grains;
using AsyncTour.Tracing.Reading;
using Orleans.Runtime;
using System.CommandLine;

namespace AsyncTour.Client;

/// <summary>The program, from its arguments to its exit code. Touches nothing outside but its terminal.</summary>
public static class TourConsole
{
    /// <summary>Runs one command line and answers the exit code. A refusal is one sentence on the error stream.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, Terminal terminal)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(terminal);
        var parsed = CommandTree.Build(terminal).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        try
        {
            if (HelpRequest.In(parsed) is { } command)
            {
                new HelpPage(terminal.Page()).Write(command);
                return ExitCode.Success;
            }

            if (UsageError.In(parsed) is { } sentence)
            {
                return Refuse(terminal, sentence, ExitCode.WrongUsage);
            }

            // Signals are the terminal's business, and so are exceptions: both end in an exit code of the contract.
            var configuration = new InvocationConfiguration
            {
                Output = terminal.Out,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration, terminal.Interrupted);
        }
        catch (Exception e) when (e is RefusedException or TraceUnreadableException)
        {
            return Refuse(terminal, e.Message, ExitCode.WrongUsage);
        }
        catch (Exception e) when (e is NoSiloException or StorageAwayException)
        {
            return Refuse(terminal, e.Message, ExitCode.NoSilo);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            return Refuse(terminal, $"the silo was lost: {e.Message}", ExitCode.NoSilo);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk under standard output, most likely, or no standard output at all.
            return Refuse(terminal, $"the answer could not be written: {e.GetBaseException().Message}", ExitCode.SomeJobDidNot);
        }
        catch (OperationCanceledException) when (terminal.Interrupted.IsCancellationRequested)
        {
            return Refuse(terminal, "interrupted before any job had started", ExitCode.Interrupted);
        }
    }

    private static int Refuse(Terminal terminal, string sentence, int code)
    {
        terminal.Error.WriteLine("asynctour: " + sentence);
        return code;
    }
}
