using System.Collections.Immutable;

namespace AsyncTour.Client.Connections;

/// <summary>The gateways of one cluster, in the order in which they are tried.</summary>
internal sealed record GatewayList(ImmutableArray<GatewayAddress> Addresses)
{
    /// <summary>The local silo's alone.</summary>
    public static GatewayList Default { get; } = new([GatewayAddress.Default]);

    /// <summary>What is behind them, as the subject of a sentence.</summary>
    public string Subject => $"the {(Addresses.Length == 1 ? "silo" : "cluster")} at {this}";

    /// <summary>Reads addresses with commas between them. Spaces around a comma, and an address said twice, do no harm.</summary>
    /// <param name="refused">The part that is no address.</param>
    public static GatewayList? Parse(string text, out string? refused)
    {
        var addresses = ImmutableArray.CreateBuilder<GatewayAddress>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!GatewayAddress.TryParse(part, out var address))
            {
                refused = part;
                return null;
            }

            if (!addresses.Contains(address!))
            {
                addresses.Add(address!);
            }
        }

        refused = null;
        return new GatewayList(addresses.ToImmutable());
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", Addresses);
}
