using System.CommandLine;

namespace AsyncTour.Client.Commands.Help;

/// <summary>A command with what its help page says beyond names: options in sections, and examples to copy.</summary>
internal sealed class DocumentedCommand(string name, string description) : Command(name, description)
{
    private readonly List<(string Title, List<Option> Options)> _sections = [];

    /// <summary>Options under their headings, in the order in which they were added.</summary>
    public IReadOnlyList<(string Title, List<Option> Options)> Sections => _sections;

    /// <summary>Command lines without the program's name, each with what it does.</summary>
    public IReadOnlyList<(string Line, string Gloss)> Examples { get; init; } = [];

    /// <summary>Paragraphs after the options.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Adds options under a heading.</summary>
    public void AddSection(string title, params IEnumerable<Option> options)
    {
        var section = new List<Option>(options);
        _sections.Add((title, section));
        section.ForEach(Add);
    }
}
