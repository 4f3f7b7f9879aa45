using System.Globalization;

namespace AsyncTour.Grains.Jobs.Handlers;

/// <summary>
/// <c>http</c>: fetches a URL with GET and answers the status code and the body's size. A status of 400 or above is a
/// failure, and so is a host that cannot be reached.
/// </summary>
public sealed class HttpJob(IHttpClientFactory clients) : IJobHandler
{
    internal const string ClientName = "AsyncTour.http";

    private const int BufferSize = 32 * 1024;

    /// <inheritdoc/>
    public string? Refuse(string argument) =>
        Uri.TryCreate(argument, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? null
            : "is not an absolute http or https URL";

    /// <inheritdoc/>
    public async ValueTask<string?> RunAsync(Job job, CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(ClientName);
        // The job's own timeout is the one that counts; HttpClient's hidden 100 s would be a second.
        client.Timeout = Timeout.InfiniteTimeSpan;
        using var response = await client.GetAsync(new Uri(job.Argument), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var length = await LengthAsync(body, cancellationToken);
        return string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode}, {length} bytes");
    }

    private static async Task<long> LengthAsync(Stream body, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        long length = 0;
        while (await body.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            length += read;
        }

        return length;
    }
}
