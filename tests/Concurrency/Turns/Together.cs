namespace AsyncTour.Concurrency.Tests.Turns;

/// <summary>The same thing done on several threads at once, as nearly as threads can.</summary>
public static class Together
{
    public static void Do(int threads, Action action)
    {
        int arrived = 0;
        Thread[] all = [.. Enumerable.Range(0, threads).Select(_ => new Thread(() =>
        {
            Interlocked.Increment(ref arrived);
            var others = default(SpinWait);
            while (Volatile.Read(ref arrived) < threads)
                others.SpinOnce(sleep1Threshold: -1);
            action();
        }))];
        foreach (Thread thread in all)
            thread.Start();
        foreach (Thread thread in all)
            thread.Join();
    }
}
