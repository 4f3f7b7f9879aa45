using Spectre.Console;

namespace AsyncTour.Client.Terminals;

/// <summary>
/// Everything the program touches outside itself: its streams and what is known of them, the clock, chance, and the
/// wish to stop. Tests hand in their own.
/// </summary>
public sealed record Terminal
{
    /// <summary>Columns when nobody says otherwise.</summary>
    public const int PlainWidth = 100;

    private const int WidestPage = 100;

    private const int NarrowestPage = 40;

    /// <summary>Opens standard input. Its reads must not hold the caller's thread.</summary>
    public required Func<Stream> OpenInput { get; init; }

    /// <summary>Standard output: what was asked for.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Standard error: refusals, progress, and with <c>--json</c> everything for people.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether a person looks at <see cref="Out"/>: only then are there colours.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>Whether a person looks at <see cref="Error"/>: only then is there a progress line.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Whether colours are wanted at all (<c>NO_COLOR</c> is not set).</summary>
    public bool WantsColor { get; init; } = true;

    /// <summary>Columns. Default: 100.</summary>
    public int Width { get; init; } = PlainWidth;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where run ids and unnamed seeds come from.</summary>
    public required Random Random { get; init; }

    /// <summary>Set by Ctrl-C or SIGTERM.</summary>
    public CancellationToken Interrupted { get; init; }

    /// <summary>Columns of a page of text: lines longer than 100 are hard to read, however wide the terminal.</summary>
    public int PageWidth => Math.Clamp(Width, NarrowestPage, WidestPage);

    /// <summary>Typesets on <see cref="Out"/>.</summary>
    public IAnsiConsole Page() => Open(Out, OutIsTerminal);

    /// <summary>Typesets on <see cref="Error"/>.</summary>
    public IAnsiConsole Notes() => Open(Error, ErrorIsTerminal);

    private IAnsiConsole Open(TextWriter writer, bool isTerminal)
    {
        var colored = isTerminal && WantsColor;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = colored ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colored ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = PageWidth;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
