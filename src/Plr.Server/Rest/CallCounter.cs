namespace Plr.Server.Rest;

/// <summary>What is left to a caller after a call.</summary>
/// <param name="IsAllowed">Whether the call is one of those that the caller has.</param>
/// <param name="Left">How many more the caller has in this window.</param>
/// <param name="Seconds">After how many the window is over, rounded up: from 1 to the window's length.</param>
public readonly record struct CallsLeft(bool IsAllowed, int Left, int Seconds);

/// <summary>Counts calls by caller in windows that begin with each caller's first call. Callers who stay away cost nothing but a line until the next look.</summary>
/// <param name="most">How many calls a caller has in a window.</param>
public sealed class CallCounter(int most, TimeProvider time)
{
    /// <summary>How long a window lasts.</summary>
    public static TimeSpan Window { get; } = TimeSpan.FromMinutes(1);

    /// <summary>How many callers are remembered at once: some 10 MB.</summary>
    public const int MostCallers = 50_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (long Begun, int Calls)> _callers = new(StringComparer.Ordinal);

    /// <summary>Takes one call of the caller's.</summary>
    public CallsLeft Take(string caller)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            if (!_callers.TryGetValue(caller, out var counted) || IsOver(counted.Begun, now))
            {
                MakeRoom(caller, now);
                counted = (now, 0);
            }

            var isAllowed = counted.Calls < most;
            counted.Calls += isAllowed ? 1 : 0;
            _callers[caller] = counted;
            var seconds = (int)Math.Ceiling((Window - time.GetElapsedTime(counted.Begun, now)).TotalSeconds);
            return new(isAllowed, most - counted.Calls, seconds);
        }
    }

    /// <summary>Forgets callers whose window is over.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            Forget(time.GetTimestamp());
        }
    }

    /// <summary>
    /// When calls come from more places than can be remembered, nobody is refused for that: all begin anew, which is what counting is worth then.
    /// </summary>
    private void MakeRoom(string caller, long now)
    {
        if (_callers.Count < MostCallers || _callers.ContainsKey(caller))
        {
            return;
        }

        Forget(now);
        if (_callers.Count > MostCallers / 2)
        {
            _callers.Clear();
        }
    }

    private void Forget(long now)
    {
        foreach (var (caller, counted) in _callers)
        {
            if (IsOver(counted.Begun, now))
            {
                _callers.Remove(caller);
            }
        }
    }

    private bool IsOver(long begun, long now) => time.GetElapsedTime(begun, now) >= Window;
}
