using System.Diagnostics;
using Plr.Core.Matching;

namespace Plr.Server.Work;

/// <summary>The follower of a server: loads the index when it starts, then looks for changes several times a second, less often when that is much work.</summary>
public sealed partial class FollowLearners(LearnerFollower follower, ILogger<FollowLearners> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(1);
    private const int PartOfTheTime = 4;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not on the thread that starts the server.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = AfterFault;
            try
            {
                var start = Stopwatch.GetTimestamp();
                var wasReady = follower.IsReady;
                await follower.FollowAsync(stoppingToken);
                var took = Stopwatch.GetElapsedTime(start);
                wait = took * PartOfTheTime > LookEvery ? took * PartOfTheTime : LookEvery;
                if (!wasReady)
                {
                    Loaded(log, follower.Read, took.TotalSeconds);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Failed(log, e);
            }

            await Task.Delay(wait, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "The find index holds {Learners} learners, loaded in {Seconds:F1} s.")]
    private static partial void Loaded(ILogger log, long learners, double seconds);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "The find index could not follow the register; it tries again in a second.")]
    private static partial void Failed(ILogger log, Exception exception);
}
