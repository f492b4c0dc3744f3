using Plr.Core.Batches;
using Plr.Store;

namespace Plr.Server.Work;

/// <summary>
/// The one background loop of a server: carries out batches that wait, one after the other, and does its chores. The table of batches is the
/// queue, so several servers share the work and a server that dies loses none of it.
/// </summary>
public sealed partial class Worker(IBatchStore batches, BatchRunner runner, IEnumerable<Chore> chores, TimeProvider time, WorkSignal signal, ILogger<Worker> log) : BackgroundService
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FileMayCome = TimeSpan.FromDays(1);
    private const int MostStops = 5;
    private readonly string _claimant = Claimant.Name();
    private readonly Dictionary<string, DateTimeOffset> _next = [];
    private readonly Dictionary<int, int> _stops = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await batches.ClaimAsync(_claimant, Lease, stoppingToken) is { } batch)
                {
                    await RunAsync(batch, stoppingToken);
                }

                await DoChoresAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                RoundFailed(log, e);
            }

            await signal.WaitAsync(LookEvery, stoppingToken);
        }
    }

    private async Task RunAsync(Batch batch, CancellationToken ct)
    {
        try
        {
            await runner.RunAsync(batch, null, ct);
            BatchDone(log, batch.Id);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The server stops: whoever looks next goes on at once.
            await batches.ReleaseAsync(batch.Id, name => name == _claimant, CancellationToken.None);
            throw;
        }
        catch (Exception e) when (e is not BatchMovedOnException && IsForGood(batch, e))
        {
            BatchGivenUp(log, batch.Id, e);
            await batches.FinishAsync(
                batch.Id, BatchStatus.Cancelled, new("NotCarriedOut", 0, 0, "The server could not carry this file out. What it had taken in before stays. Send the file again; if that fails too, tell the register office."), ct);
        }
        catch (Exception e)
        {
            // What is committed stays; the claim runs out and the batch goes on where it stopped.
            BatchFailed(log, batch.Id, e);
        }
    }

    /// <summary>
    /// A file that has changed comes back no better; one that is missing may lie with another server, which takes the batch when this one's claim
    /// runs out; anything else is tried a few times, since a database or a disk may recover.
    /// </summary>
    private bool IsForGood(Batch batch, Exception e) => e switch
    {
        InvalidDataException => true,
        FileNotFoundException or DirectoryNotFoundException => time.GetUtcNow() - batch.SubmittedAt > FileMayCome,
        StoreFullException => false,
        _ => (_stops[batch.Id] = _stops.GetValueOrDefault(batch.Id) + 1) >= MostStops,
    };

    private async Task DoChoresAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        foreach (var chore in chores.Where(chore => !_next.TryGetValue(chore.Name, out var due) || due <= now))
        {
            await chore.RunAsync(ct);
            _next[chore.Name] = now + chore.Every;
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Batch {Batch} is done.")]
    private static partial void BatchDone(ILogger log, int batch);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "Batch {Batch} stopped; it goes on when its claim has run out.")]
    private static partial void BatchFailed(ILogger log, int batch, Exception exception);

    [LoggerMessage(EventId = 4, Level = LogLevel.Error, Message = "Batch {Batch} cannot be carried out and is given up.")]
    private static partial void BatchGivenUp(ILogger log, int batch, Exception exception);

    [LoggerMessage(EventId = 3, Level = LogLevel.Error, Message = "A round of background work failed; the next begins in seconds.")]
    private static partial void RoundFailed(ILogger log, Exception exception);
}

/// <summary>Something that is done every so often.</summary>
public sealed record Chore(string Name, TimeSpan Every, Func<CancellationToken, Task> RunAsync);

/// <summary>Wakes the worker when a batch was submitted on this server, so that it need not wait for its next look.</summary>
public sealed class WorkSignal : IDisposable
{
    private readonly SemaphoreSlim _waiting = new(0, 1);

    public void Wake()
    {
        try
        {
            _waiting.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }

    public Task<bool> WaitAsync(TimeSpan most, CancellationToken ct) => _waiting.WaitAsync(most, ct);

    public void Dispose() => _waiting.Dispose();
}
