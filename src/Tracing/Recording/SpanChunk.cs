using System.Diagnostics;

namespace AsyncTour.Tracing.Recording;

/// <summary>
/// Spans on their way to one line of the file: already JSON, kept apart by their source as OTLP wants them. Encoding a span
/// where it ends, rather than later on another thread, finds it still in the cache and lets the garbage collector have it
/// young.
/// </summary>
internal sealed class SpanChunk
{
    private readonly OrderedDictionary<ActivitySource, Utf8Buffer> _scopes = new(ReferenceEqualityComparer.Instance);
    private ActivitySource? _lastSource;
    private Utf8Buffer? _lastScope;

    public int Count { get; private set; }

    public void Add(Activity span, Fragments fragments)
    {
        var scope = ScopeOf(span.Source);
        if (scope.Length > 0)
            scope.Raw((byte)',');
        OtlpJson.Span(scope, span, fragments);
        Count++;
    }

    /// <summary>Writes the line <c>{"resourceSpans":[{"resource":…,"scopeSpans":[{"scope":…,"spans":[…]},…]}]}</c>.</summary>
    /// <param name="head">The line up to the scopes, the same for every line of a process.</param>
    public void Compose(Utf8Buffer line, ReadOnlySpan<byte> head)
    {
        line.Clear();
        line.Raw(head);
        var any = false;
        foreach (var (source, spans) in _scopes)
        {
            if (spans.Length == 0)
                continue;
            if (any)
                line.Raw((byte)',');
            any = true;
            line.Raw("{\"scope\":{\"name\":"u8);
            line.String(source.Name);
            if (source.Version is { Length: > 0 } version)
            {
                line.Raw(",\"version\":"u8);
                line.String(version);
            }

            line.Raw("},\"spans\":["u8);
            line.Raw(spans.Written);
            line.Raw("]}"u8);
        }

        line.Raw("]}]}\n"u8);
    }

    /// <summary>Empty again, with its memory kept for the next spans.</summary>
    public void Clear()
    {
        foreach (var spans in _scopes.Values)
            spans.Clear();
        Count = 0;
    }

    private Utf8Buffer ScopeOf(ActivitySource source)
    {
        if (ReferenceEquals(source, _lastSource))
            return _lastScope!;
        if (!_scopes.TryGetValue(source, out var scope))
            _scopes.Add(source, scope = new Utf8Buffer());
        (_lastSource, _lastScope) = (source, scope);
        return scope;
    }
}
