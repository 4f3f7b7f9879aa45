using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace AsyncTour.Simulator.Runtime;

/// <summary>
/// A timer of one activation. Each tick is work like a call: it waits to be admitted, and the next is set only when it has ended, so
/// ticks never overlap.
/// </summary>
internal sealed class GrainTimer : IGrainTimer
{
    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly GrainTimerCreationOptions _options;
    private readonly CancellationTokenSource _stop = new();
    private readonly ITimer _clock;
    private TimeSpan _period;
    private bool _ticking;
    private bool _changed;
    private int _disposed;

    private GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        _activation = activation;
        _callback = callback;
        _options = options;
        _period = options.Period;
        using (ExecutionContext.SuppressFlow())
            _clock = activation.Silo.TimeProvider.CreateTimer(static timer => ((GrainTimer)timer!).Due(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        activation.AddTimer(this);
        _clock.Change(options.DueTime, Timeout.InfiniteTimeSpan);
    }

    public static GrainTimer Register(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        Check(options.DueTime, nameof(options.DueTime));
        Check(options.Period, nameof(options.Period));
        return new GrainTimer(activation, callback, options);
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, nameof(dueTime));
        Check(period, nameof(period));
        _period = period;
        _changed = true;
        if (Volatile.Read(ref _disposed) == 0)
            _clock.Change(dueTime, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _clock.Dispose();
        _activation.RemoveTimer(this);
        _stop.Cancel();
    }

    private static void Check(TimeSpan time, string name)
    {
        if (time < TimeSpan.Zero && time != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(name, time, "A grain timer's times are zero or more, or Timeout.InfiniteTimeSpan for never.");
    }

    private void Due()
    {
        if (Volatile.Read(ref _disposed) == 0 && !Volatile.Read(ref _ticking))
            _activation.Turns.TryPost(new Tick(this));
    }

    private void Ended(Task task)
    {
        Volatile.Write(ref _ticking, false);
        if (task.Exception is { } failure)
            _activation.Silo.Log.LogError(failure.InnerException, "A timer of grain {Grain} threw; its schedule goes on.", _activation.GrainId);
        if (Volatile.Read(ref _disposed) == 0 && !_changed)
            _clock.Change(_period, Timeout.InfiniteTimeSpan);
    }

    private sealed class Tick(GrainTimer timer) : Work
    {
        public override bool AlwaysInterleaves => timer._options.Interleave;

        public override bool IsReadOnly => false;

        public override bool KeepsAlive => timer._options.KeepAlive;

        public override string Describe() => $"a timer's tick on {timer._activation.GrainId}";

        public override Task Run(object grain)
        {
            if (Volatile.Read(ref timer._disposed) != 0)
                return Task.CompletedTask;
            Volatile.Write(ref timer._ticking, true);
            timer._changed = false;
            return timer._callback(timer._stop.Token);
        }

        public override void Complete(Task task) => timer.Ended(task);

        /// <summary>The activation is gone, and the timer with it.</summary>
        public override void Reject(Exception reason)
        {
        }

        /// <inheritdoc cref="Reject"/>
        public override void Reroute()
        {
        }
    }
}
