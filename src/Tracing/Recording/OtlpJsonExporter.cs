using System.Diagnostics;
using OpenTelemetry;

namespace AsyncTour.Tracing.Recording;

/// <summary>
/// Writes each batch of spans as one line of the OpenTelemetry file format:
/// <c>{"resourceSpans":[{"resource":…,"scopeSpans":[{"scope":…,"spans":[…]},…]}]}</c>.
/// </summary>
internal sealed class OtlpJsonExporter(ILineSink sink) : BaseExporter<Activity>
{
    private readonly OrderedDictionary<ActivitySource, Utf8Buffer> _scopes = new();
    private readonly Utf8Buffer _line = new(1 << 20);
    private byte[]? _head;
    private ActivitySource? _lastSource;
    private Utf8Buffer? _lastScope;

    /// <summary>Why the last refused batch was refused; null when none was.</summary>
    public Exception? Fault { get; private set; }

    public override ExportResult Export(in Batch<Activity> batch)
    {
        foreach (var span in batch)
        {
            var scope = ScopeOf(span.Source);
            if (scope.Length > 0)
                scope.Raw((byte)',');
            OtlpJson.Span(scope, span);
        }

        ComposeLine();
        try
        {
            sink.Write(_line.Written);
            return ExportResult.Success;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Fault = fault;
            return ExportResult.Failure;
        }
    }

    protected override bool OnShutdown(int timeoutMilliseconds)
    {
        sink.Dispose();
        return true;
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

    private void ComposeLine()
    {
        _line.Clear();
        _line.Raw(_head ??= ComposeHead());
        var any = false;
        foreach (var (source, spans) in _scopes)
        {
            if (spans.Length == 0)
                continue;
            if (any)
                _line.Raw((byte)',');
            any = true;
            _line.Raw("{\"scope\":{\"name\":"u8);
            _line.String(source.Name);
            if (source.Version is { Length: > 0 } version)
            {
                _line.Raw(",\"version\":"u8);
                _line.String(version);
            }

            _line.Raw("},\"spans\":["u8);
            _line.Raw(spans.Written);
            _line.Raw("]}"u8);
            spans.Clear();
        }

        _line.Raw("]}]}\n"u8);
    }

    /// <summary>The resource is the same on every line of a process, so it is encoded once.</summary>
    private byte[] ComposeHead()
    {
        var head = new Utf8Buffer(512);
        head.Raw("{\"resourceSpans\":[{\"resource\":{"u8);
        OtlpJson.Attributes(head, ParentProvider.GetResource().Attributes);
        head.Raw("},\"scopeSpans\":["u8);
        return head.Written.ToArray();
    }
}
