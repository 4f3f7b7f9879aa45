namespace AsyncTour.Tracing.Recording;

/// <summary>Keeps a traces folder under its bound by removing the oldest files of earlier recordings.</summary>
internal static class FolderBound
{
    public static void Keep(string folder, long maxBytes, string butNever)
    {
        var files = new DirectoryInfo(folder).GetFiles("*.jsonl").OrderByDescending(static f => f.LastWriteTimeUtc);
        long total = 0;
        foreach (var file in files)
        {
            total += file.Length;
            if (total > maxBytes && !file.Name.StartsWith(butNever, StringComparison.Ordinal))
                Remove(file);
        }
    }

    private static void Remove(FileInfo file)
    {
        try
        {
            file.Delete();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // Another process holds it or removed it first; the bound is kept at the next chance.
        }
    }
}
