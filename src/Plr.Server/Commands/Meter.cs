using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Plr.Server.Commands;

/// <summary>
/// How far long work is: a bar with rate and time left when a person watches, plain lines otherwise. It goes to the error stream, so that what
/// the command was asked for can be piped.
/// </summary>
internal static class Meter
{
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(2);

    /// <summary>Does work and shows how much of it is done.</summary>
    /// <param name="title">What is done, such as "Registering learners".</param>
    /// <param name="unit">What is counted, such as "rows".</param>
    /// <param name="total">How many in all; null when nobody knows.</param>
    /// <param name="work">Reports how many are done.</param>
    public static Task RunAsync(Surroundings around, string title, string unit, long? total, Func<IProgress<long>, Task> work) =>
        around.IsInteractive ? DrawAsync(around, title, unit, total, work) : work(new Lines(around, title, unit, total));

    private static Task DrawAsync(Surroundings around, string title, string unit, long? total, Func<IProgress<long>, Task> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(around.Error) });
        return console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RateColumn(unit), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask(title, maxValue: total ?? 1);
                task.IsIndeterminate = total is null;
                await work(new Direct(done => task.Value = done));
                task.Value = task.MaxValue;
            });
    }

    private sealed class Direct(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }

    private sealed class RateColumn(string unit) : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(string.Create(CultureInfo.InvariantCulture, $"{task.Value:N0} {unit}, {task.Speed ?? 0:N0} a second"));
    }

    private sealed class Lines(Surroundings around, string title, string unit, long? total) : IProgress<long>
    {
        private readonly long _begun = around.Time.GetTimestamp();
        private long? _first;
        private TimeSpan _next = TimeSpan.Zero;

        /// <summary>Says the first rows at once, then something every few seconds, and the end.</summary>
        public void Report(long value)
        {
            _first ??= value;
            var elapsed = around.Time.GetElapsedTime(_begun);
            if (value <= 0 || (elapsed < _next && value != total))
            {
                return;
            }

            _next = elapsed + LineEvery;
            around.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{title}: {value:N0}{Of()} {unit}{Rate(value, elapsed)}"));
        }

        private string Of() => total is { } all ? string.Create(CultureInfo.InvariantCulture, $" of {all:N0}") : "";

        private string Rate(long value, TimeSpan elapsed)
        {
            // What an earlier run did is not this one's speed.
            var done = value - _first!.Value;
            if (elapsed <= TimeSpan.Zero || done <= 0)
            {
                return "";
            }

            var rate = done / elapsed.TotalSeconds;
            var left = total is { } all ? string.Create(CultureInfo.InvariantCulture, $", {(all - value) / rate:N0} s left") : "";
            return string.Create(CultureInfo.InvariantCulture, $", {rate:N0} a second{left}");
        }
    }
}
