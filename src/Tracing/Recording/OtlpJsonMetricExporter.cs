using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace AsyncTour.Tracing.Recording;

/// <summary>Writes each collection of metrics as one OTLP-JSON line, <c>{"resourceMetrics":[…]}</c>, beside the traces.</summary>
internal sealed class OtlpJsonMetricExporter(ILineSink sink) : BaseExporter<Metric>
{
    // OTLP's number for sums that count from the start rather than since the last line.
    private const int Cumulative = 2;

    private readonly Utf8Buffer _line = new();

    public Exception? Fault { get; private set; }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        if (batch.Count == 0)
            return ExportResult.Success;
        Compose(batch);
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

    private void Compose(in Batch<Metric> batch)
    {
        _line.Clear();
        _line.Raw("{\"resourceMetrics\":[{\"resource\":{"u8);
        OtlpJson.Attributes(_line, ParentProvider.GetResource().Attributes);
        _line.Raw("},\"scopeMetrics\":["u8);
        string? scope = null;
        foreach (var metric in batch)
        {
            if (scope == metric.MeterName)
            {
                _line.Raw((byte)',');
            }
            else
            {
                _line.Raw(scope is null ? "{\"scope\":{\"name\":"u8 : "]},{\"scope\":{\"name\":"u8);
                _line.String(scope = metric.MeterName);
                _line.Raw("},\"metrics\":["u8);
            }

            Write(metric);
        }

        _line.Raw("]}]}]}\n"u8);
    }

    private void Write(Metric metric)
    {
        _line.Raw("{\"name\":"u8);
        _line.String(metric.Name);
        _line.Raw(",\"description\":"u8);
        _line.String(metric.Description);
        _line.Raw(",\"unit\":"u8);
        _line.String(metric.Unit);
        var isHistogram = metric.MetricType == MetricType.Histogram;
        _line.Raw(isHistogram ? ",\"histogram\":{\"dataPoints\":["u8 : ",\"sum\":{\"dataPoints\":["u8);
        var any = false;
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            if (any)
                _line.Raw((byte)',');
            any = true;
            Write(metric.MetricType, in point);
        }

        _line.Raw("],\"aggregationTemporality\":"u8);
        _line.Number((long)Cumulative);
        if (!isHistogram)
            _line.Raw(metric.MetricType is MetricType.LongSum or MetricType.DoubleSum ? ",\"isMonotonic\":true"u8 : ",\"isMonotonic\":false"u8);
        _line.Raw("}}"u8);
    }

    private void Write(MetricType type, ref readonly MetricPoint point)
    {
        _line.Raw("{\"startTimeUnixNano\":\""u8);
        _line.Number(OtlpJson.Nanos(point.StartTime.UtcDateTime));
        _line.Raw("\",\"timeUnixNano\":\""u8);
        _line.Number(OtlpJson.Nanos(point.EndTime.UtcDateTime));
        _line.Raw((byte)'"');
        if (point.Tags.Count > 0)
        {
            _line.Raw((byte)',');
            OtlpJson.Attributes(_line, point.Tags);
        }

        switch (type)
        {
            case MetricType.Histogram:
                Histogram(in point);
                break;
            case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                _line.Raw(",\"asInt\":\""u8);
                _line.Number(point.GetSumLong());
                _line.Raw((byte)'"');
                break;
            default:
                _line.Raw(",\"asDouble\":"u8);
                _line.Number(point.GetSumDouble());
                break;
        }

        _line.Raw((byte)'}');
    }

    private void Histogram(ref readonly MetricPoint point)
    {
        _line.Raw(",\"count\":\""u8);
        _line.Number(point.GetHistogramCount());
        _line.Raw("\",\"sum\":"u8);
        _line.Number(point.GetHistogramSum());
        if (point.TryGetHistogramMinMaxValues(out var min, out var max))
        {
            _line.Raw(",\"min\":"u8);
            _line.Number(min);
            _line.Raw(",\"max\":"u8);
            _line.Number(max);
        }

        var bounds = new List<double>();
        _line.Raw(",\"bucketCounts\":["u8);
        var any = false;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            _line.Raw(any ? ",\""u8 : "\""u8);
            any = true;
            _line.Number(bucket.BucketCount);
            _line.Raw((byte)'"');
            if (double.IsFinite(bucket.ExplicitBound))
                bounds.Add(bucket.ExplicitBound);
        }

        _line.Raw("],\"explicitBounds\":["u8);
        for (var i = 0; i < bounds.Count; i++)
        {
            if (i > 0)
                _line.Raw((byte)',');
            _line.Number(bounds[i]);
        }

        _line.Raw((byte)']');
    }
}
