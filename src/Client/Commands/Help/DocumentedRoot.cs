using System.CommandLine;

namespace AsyncTour.Client.Commands.Help;

/// <summary>The program itself, with its help page.</summary>
internal sealed class DocumentedRoot(string description) : RootCommand(description), IDocumented
{
    /// <inheritdoc/>
    public IReadOnlyList<(string Title, List<Option> Options)> Sections => [];

    /// <inheritdoc/>
    public IReadOnlyList<(string Line, string Gloss)> Examples { get; init; } = [];
}
