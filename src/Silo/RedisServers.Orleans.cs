using System.Net;
using StackExchange.Redis;

namespace AsyncTour.Silo;

/// <summary>The Redis servers that the settings name.</summary>
internal static class RedisServers
{
    /// <summary>Where they are, without their password.</summary>
    public static string Names(string settings) =>
        string.Join(", ", ConfigurationOptions.Parse(settings).EndPoints.Select(static end => end switch
        {
            DnsEndPoint named => $"{named.Host}:{named.Port}",
            _ => end.ToString(),
        }));
}
