namespace AsyncTour.Concurrency.Futures;

/// <summary>
/// Collected together with what it watches over; if nobody has relieved it by then, it complains. Only what can go
/// unheard carries one, so that nothing else pays for a finalizer.
/// </summary>
internal sealed class Witness(ComplaintKind kind, string message, Exception? exception = null)
{
    ~Witness() => Complaints.Raise(kind, message, exception);

    public void Relieve() => GC.SuppressFinalize(this);
}
