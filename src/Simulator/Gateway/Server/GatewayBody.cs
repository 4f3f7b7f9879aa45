using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace AsyncTour.Simulator.Runtime;

/// <summary>
/// Reads a request's body into arguments. It is read where it arrived, in the server's own buffers: most bodies are there with their
/// headers and cost no copy and no timer. One that is not there yet has a bounded time to come.
/// </summary>
internal sealed class GatewayBody(GatewaySettings settings, TimeProvider time)
{
    private static readonly JsonReaderOptions _strict = new() { MaxDepth = WireFormat.DeepestNesting };

    public async ValueTask<(GatewayMethod Method, object?[] Arguments)> ReadAsync(HttpRequest request, GatewayMethod[] methods)
    {
        var reader = request.BodyReader;
        ReadResult? there = reader.TryRead(out var part) ? part : null;
        var body = there is { IsCompleted: true } ? part.Buffer : await WaitAsync(reader, there);
        try
        {
            var method = Choose(methods, body);
            return (method, Arguments(method, body));
        }
        catch (JsonException malformed)
        {
            throw ProblemException.Malformed($"The body is not JSON: {malformed.Message}");
        }
        finally
        {
            reader.AdvanceTo(body.End);
        }
    }

    /// <summary>Waits for the rest. Everything that came stays in the reader: it is all looked at, and none of it taken.</summary>
    private async Task<ReadOnlySequence<byte>> WaitAsync(PipeReader reader, ReadResult? there)
    {
        using var late = new CancellationTokenSource(settings.RequestTimeout, time);
        try
        {
            while (there is not { IsCompleted: true })
            {
                if (there is { } part)
                    reader.AdvanceTo(part.Buffer.Start, part.Buffer.End);
                there = await reader.ReadAsync(late.Token);
            }

            return there.Value.Buffer;
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            throw new ProblemException(StatusCodes.Status408RequestTimeout, "Request timeout", $"The body did not arrive within {settings.RequestTimeout}.");
        }
    }

    private static GatewayMethod Choose(GatewayMethod[] methods, in ReadOnlySequence<byte> body)
    {
        var count = Count(body);
        return Array.Find(methods, one => one.Method.Arguments.Length == count)
            ?? throw ProblemException.Malformed($"{methods[0].Method.WireName} takes {string.Join(" or ", methods.Select(one => one.Method.Arguments.Length))} arguments; {count} were sent.");
    }

    /// <summary>Reads all of it once, without building anything: what follows can only fail for its types.</summary>
    private static int Count(in ReadOnlySequence<byte> body)
    {
        var reader = new Utf8JsonReader(body, _strict);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
            throw ProblemException.Malformed("Arguments are a JSON array, in the order of the parameters.");
        var count = 0;
        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; count++)
            reader.Skip();
        while (reader.Read())
            count++;
        return count;
    }

    private static object?[] Arguments(GatewayMethod method, in ReadOnlySequence<byte> body)
    {
        var reader = new Utf8JsonReader(body, _strict);
        reader.Read();
        var arguments = new object?[method.Method.Arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            reader.Read();
            arguments[i] = Argument(method, i, ref reader);
        }

        return arguments;
    }

    private static object? Argument(GatewayMethod method, int index, ref Utf8JsonReader reader)
    {
        try
        {
            return JsonSerializer.Deserialize(ref reader, method.Argument(index));
        }
        catch (Exception wrong) when (wrong is JsonException or NotSupportedException or FormatException or OverflowException or ArgumentException or InvalidOperationException)
        {
            var parameter = method.Method.Arguments[index];
            throw ProblemException.Malformed($"Argument {parameter.Name} is not a {parameter.ParameterType.Name}: {wrong.Message}");
        }
    }
}
