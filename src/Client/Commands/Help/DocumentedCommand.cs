using System.CommandLine;

namespace AsyncTour.Client.Commands.Help;

/// <summary>A command with a help page.</summary>
internal sealed class DocumentedCommand(string name, string description) : Command(name, description), IDocumented
{
    private readonly List<(string Title, List<Option> Options)> _sections = [];

    /// <inheritdoc/>
    public IReadOnlyList<(string Title, List<Option> Options)> Sections => _sections;

    /// <inheritdoc/>
    public IReadOnlyList<(string Line, string Gloss)> Examples { get; init; } = [];

    /// <summary>Adds options under a heading.</summary>
    public void AddSection(string title, params IEnumerable<Option> options)
    {
        var section = new List<Option>(options);
        _sections.Add((title, section));
        section.ForEach(Add);
    }
}
