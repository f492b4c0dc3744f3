namespace Plr.Core.Demo;

/// <summary>
/// Numbers that look random and are the same each time: SplitMix64 (Steele, Lea, Flood 2014), the same on any machine and any version of
/// .NET. For invented data only, never for a secret.
/// </summary>
public sealed class DemoRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A number from 0 up to, not including, the bound.</summary>
    public int Below(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        return (int)(Next() % (ulong)bound);
    }

    /// <summary>One of a list.</summary>
    public T Of<T>(IReadOnlyList<T> list) => list[Below(list.Count)];

    /// <summary>True so many times in a hundred.</summary>
    public bool Percent(int percent) => Below(100) < percent;

    private ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}

/// <summary>A clock that is put forward by hand, so that the years of the demo pass while it is made.</summary>
public sealed class DemoClock(DateTimeOffset at) : TimeProvider
{
    private DateTimeOffset _now = at;

    public override DateTimeOffset GetUtcNow() => _now;

    /// <summary>Puts the clock forward; backwards it does not go.</summary>
    public void MoveTo(DateTimeOffset instant) => _now = instant > _now ? instant : _now;
}
