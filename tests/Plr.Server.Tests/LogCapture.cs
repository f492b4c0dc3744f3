using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Plr.Store;

namespace Plr.Server.Tests;

/// <summary>
/// Keeps what a site logs. When the site closes, none of it may hold what is personal: names, dates of birth, postcodes and ULNs of its
/// learners, anybody's e-mail address, and the keys of sign-in links and sessions.
/// </summary>
public sealed class LogCapture : ILoggerProvider
{
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");
    private readonly ConcurrentQueue<string> _lines = [];

    public IReadOnlyCollection<string> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _lines);

    public void Dispose()
    {
    }

    /// <summary>The lines that hold something personal of those who are on a register, each with what it holds.</summary>
    public async Task<IReadOnlyList<string>> PersonalAsync(Engine engine)
    {
        var personal = await engine.ReadAsync(async session =>
        {
            var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            await using var reader = await session.ReaderAsync(
                """
                SELECT CAST(uln AS text) FROM learner UNION SELECT given_name FROM learner UNION SELECT family_name FROM learner
                UNION SELECT CAST(date_of_birth AS text) FROM learner UNION SELECT last_known_post_code FROM learner
                UNION SELECT email_address FROM learner WHERE email_address IS NOT NULL UNION SELECT email_address FROM account WHERE email_address IS NOT NULL
                """);
            while (await reader.ReadAsync())
            {
                found.Add(reader.GetString(0).Trim());
            }

            return found;
        });
        personal.RemoveWhere(text => text.Length < 4);
        return [.. from line in _lines from text in personal where Holds(line, text) select $"{text}: {line}"];
    }

    /// <summary>As a word of its own: "Rees" is not in "trees". An identifier may hold "-beca-" by chance, which is not the name Beca.</summary>
    private static bool Holds(string line, string text)
    {
        for (var at = line.IndexOf(text, StringComparison.OrdinalIgnoreCase); at >= 0; at = line.IndexOf(text, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + text.Length;
            var word = line.AsSpan(at, text.Length);
            var isByChance = !word.SequenceEqual(text) && !word.ContainsAnyExcept(Hexadecimal);
            if (!isByChance && (at == 0 || !char.IsLetterOrDigit(line[at - 1])) && (end == line.Length || !char.IsLetterOrDigit(line[end])))
            {
                return true;
            }
        }

        return false;
    }

    private sealed class Logger(string category, ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            lines.Enqueue($"{category} scope: {Text(state)}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{category}: {formatter(state, exception)} {Text(state)} {exception}");

        /// <summary>With the values by name, as a structured log keeps them.</summary>
        private static string Text<TState>(TState state) =>
            state is IEnumerable<KeyValuePair<string, object?>> values ? $"{state} {string.Join(' ', values.Select(value => $"{value.Key}={value.Value}"))}" : $"{state}";
    }
}
