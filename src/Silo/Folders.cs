using System.Globalization;
using AsyncTour.Grains;

namespace AsyncTour.Silo;

/// <summary>The folder a silo is to keep its state in, tried before it starts: one that cannot be written is found out by the first run otherwise.</summary>
internal static class Folders
{
    /// <exception cref="RefusedException">Nothing can be written there.</exception>
    public static void Refuse(SiloSettings settings)
    {
        if (settings.StorageFolder is not { } folder)
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(folder);
            var trial = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $".trial-{Environment.ProcessId}"));
            using var file = new FileStream(trial, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            file.WriteByte(0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"--storage {folder} cannot be written: {e.Message.TrimEnd('.')}");
        }
    }
}
