using AsyncTour.Tracing.Conventions;

namespace AsyncTour.Tracing.Rendering;

/// <summary>How a status looks in the terminal: a fill that tells it apart without colour, and a colour that only adds.</summary>
internal static class Palette
{
    public const string Heading = "bold";
    public const string Quiet = "grey";
    public const string Number = "bold";

    /// <summary>Where the status stands in legends and tables; unknown ones come last.</summary>
    public static int Order(string status)
    {
        for (var i = 0; i < JobStatusNames.All.Count; i++)
        {
            if (JobStatusNames.All[i] == status)
                return i;
        }

        return JobStatusNames.All.Count;
    }

    public static char Fill(string status) => status switch
    {
        JobStatusNames.Succeeded => '█',
        JobStatusNames.Failed => '▒',
        JobStatusNames.TimedOut => '▓',
        _ => '░',
    };

    /// <summary>Two shades of each colour, so that neighbours in a row stay two bars.</summary>
    public static string Colour(string status, bool second) => (status, second) switch
    {
        (JobStatusNames.Succeeded, false) => "#4f9fe3",
        (JobStatusNames.Succeeded, true) => "#3a7fbd",
        (JobStatusNames.Failed, false) => "#e5605a",
        (JobStatusNames.Failed, true) => "#c44a45",
        (JobStatusNames.TimedOut, false) => "#e0a33e",
        (JobStatusNames.TimedOut, true) => "#bd852b",
        (_, false) => "#9aa0a8",
        (_, true) => "#7d848d",
    };
}
