using System.Text.Json;
using AsyncTour.Grains.Promises;

namespace AsyncTour.Client.Promises;

/// <summary>A promise as one JSON object. The names and their order are a contract; other programs read them.</summary>
internal static class PromiseJson
{
    public static void Write(Utf8JsonWriter json, PromiseStatus status)
    {
        json.WriteStartObject();
        json.WriteString("promise", status.Id);
        json.WriteString("state", status.State.ToText());
        json.WritePropertyName("value");
        json.WriteRawValue(status.Value ?? "null");
        json.WriteString("error", status.Error);
        json.WriteString("errorType", status.ErrorType);
        WriteTime("created", status.Created);
        json.WriteString("createdBy", status.CreatedBy);
        WriteTime("settled", status.Settled);
        json.WriteString("settledBy", status.SettledBy);
        json.WritePropertyName("timeToLiveSeconds");
        json.WriteRawValue(JsonSerializer.Serialize(status.TimeToLive?.TotalSeconds));
        WriteTime("expires", status.Expires);
        json.WriteNumber("waiting", status.Waiting);
        json.WriteEndObject();

        void WriteTime(string name, DateTimeOffset? time)
        {
            if (time is { } moment)
            {
                json.WriteString(name, moment);
            }
            else
            {
                json.WriteNull(name);
            }
        }
    }
}
