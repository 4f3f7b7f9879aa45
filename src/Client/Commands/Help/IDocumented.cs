using System.CommandLine;

namespace AsyncTour.Client.Commands.Help;

/// <summary>What a command's help page says beyond names: options in sections, and examples to copy.</summary>
internal interface IDocumented
{
    /// <summary>Options under their headings, in order.</summary>
    IReadOnlyList<(string Title, List<Option> Options)> Sections { get; }

    /// <summary>Command lines without the program's name, each with what it does.</summary>
    IReadOnlyList<(string Line, string Gloss)> Examples { get; }
}
