using Microsoft.Extensions.Time.Testing;

namespace Plr.Testing;

/// <summary>The day on which all tests run.</summary>
public static class Clock
{
    public static DateTimeOffset Noon { get; } = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A clock that stands at noon on 23 November 2026 until the test moves it.</summary>
    public static FakeTimeProvider New() => new(Noon);
}
