using System.Text.Json;
using AsyncTour.Client.Terminals;

namespace AsyncTour.Client.Promises;

/// <summary>A value as it is typed: JSON or, where it is no JSON, a text.</summary>
internal static class ValueText
{
    /// <summary>Reads a value; <c>-</c> takes it from standard input.</summary>
    public static async Task<JsonElement> ReadAsync(string text, Terminal terminal)
    {
        if (text == "-")
        {
            using var reader = new StreamReader(terminal.OpenInput());
            text = (await reader.ReadToEndAsync(terminal.Interrupted)).TrimEnd('\r', '\n');
        }

        return Parse(text);
    }

    /// <summary>The text's JSON, or the text as JSON.</summary>
    public static JsonElement Parse(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            // A word without quotes is what people type.
            return JsonSerializer.SerializeToElement(text);
        }
    }
}
