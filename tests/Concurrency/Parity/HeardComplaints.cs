using AsyncTour.Concurrency.Futures;

namespace AsyncTour.Concurrency.Tests.Parity;

/// <summary>Counts the complaints that contain certain words, among all that the tests running beside may cause.</summary>
public sealed class HeardComplaints : IDisposable
{
    private readonly string _words;
    private readonly List<Complaint> _heard = [];

    public HeardComplaints(string words)
    {
        _words = words;
        Complaints.Raised += Hear;
    }

    public int Count => Messages.Count;

    public IReadOnlyList<string> Messages
    {
        get
        {
            lock (_heard)
                return [.. _heard.Select(complaint => complaint.Message)];
        }
    }

    public void Dispose() => Complaints.Raised -= Hear;

    private void Hear(Complaint complaint)
    {
        if (!complaint.Message.Contains(_words, StringComparison.Ordinal) && complaint.Exception?.Message.Contains(_words, StringComparison.Ordinal) != true)
            return;
        lock (_heard)
            _heard.Add(complaint);
    }
}
