using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Plr.Store;

/// <summary>
/// Where SQLite's writers queue. Those that wait at the same moment share one commit, each in a savepoint of its own, because a commit
/// costs a disk flush and a job does not.
/// </summary>
internal sealed class SqliteGate : IAsyncDisposable
{
    private const int LargestGroup = 256;

    private readonly SqliteEngine _engine;
    private readonly SqliteConnection _writer;
    private readonly Channel<Job> _queue = Channel.CreateUnbounded<Job>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _running;

    public SqliteGate(SqliteEngine engine, SqliteConnection writer)
    {
        _engine = engine;
        _writer = writer;
        _running = RunQueueAsync();
    }

    /// <summary>Ends after the commit that holds the work, or with the work's exception when it was rolled back.</summary>
    public async Task RunAsync(Func<Session, Task> work, CancellationToken ct)
    {
        var job = new Job(work, ct);
        ObjectDisposedException.ThrowIf(!_queue.Writer.TryWrite(job), _engine);
        await job.Done.Task;
    }

    /// <summary>Lets nobody in any more and waits for those who are.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _running;
    }

    private async Task RunQueueAsync()
    {
        var group = new List<Job>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (group.Count < LargestGroup && _queue.Reader.TryRead(out var job))
            {
                group.Add(job);
            }
            await CommitGroupAsync(group);
            group.Clear();
        }
    }

    /// <summary>
    /// One transaction for all. Nobody hears anything before the commit, not even a refusal: it may rest on a neighbour's uncommitted row.
    /// When the transaction as a whole is lost (a full disk), each job is tried again alone, so that one too large does not take others with it.
    /// </summary>
    private async Task CommitGroupAsync(IReadOnlyList<Job> group)
    {
        try
        {
            SqliteEngine.Execute(_writer, "BEGIN IMMEDIATE");
        }
        catch (Exception e)
        {
            // Another program holds the file: asking again for each would make the last wait for all.
            Fail(group, e);
            return;
        }
        try
        {
            if (group is [var alone])
            {
                // No savepoint: it would keep every page as it was, in memory, which a large job pays for dearly.
                await RunAsync(alone);
            }
            else
            {
                foreach (var job in group)
                {
                    await RunInSavepointAsync(job);
                }
            }
            SqliteEngine.Execute(_writer, "COMMIT");
        }
        catch (Exception e)
        {
            RollBack();
            if (group.Count == 1)
            {
                Fail(group, e);
                return;
            }
            foreach (var job in group)
            {
                await CommitGroupAsync([job]);
            }
            return;
        }
        foreach (var job in group)
        {
            job.Finish();
        }
    }

    private async Task RunInSavepointAsync(Job job)
    {
        SqliteEngine.Execute(_writer, "SAVEPOINT job");
        try
        {
            await RunAsync(job);
        }
        catch (Exception e) when (SqliteEngine.IsInTransaction(_writer))
        {
            SqliteEngine.Execute(_writer, "ROLLBACK TO job");
            job.Failure = e;
        }
        SqliteEngine.Execute(_writer, "RELEASE job");
    }

    private Task RunAsync(Job job)
    {
        job.Failure = null;
        job.Cancellation.ThrowIfCancellationRequested();
        return job.RunAsync(new Session(_engine, _writer, null, job.Cancellation));
    }

    private static void Fail(IReadOnlyList<Job> group, Exception e)
    {
        foreach (var job in group)
        {
            job.Done.SetException(e);
        }
    }

    private void RollBack()
    {
        try
        {
            if (SqliteEngine.IsInTransaction(_writer))
            {
                SqliteEngine.Execute(_writer, "ROLLBACK");
            }
        }
        catch (SqliteException)
        {
            // The jobs hear of the first failure; if this one stays, the next BEGIN fails and says so.
        }
    }

    private sealed class Job(Func<Session, Task> work, CancellationToken ct)
    {
        // The caller's context (culture, trace) goes with its work.
        private readonly ExecutionContext? _context = ExecutionContext.Capture();

        public CancellationToken Cancellation { get; } = ct;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Exception? Failure { get; set; }

        public Task RunAsync(Session session)
        {
            if (_context is null)
            {
                return work(session);
            }
            var running = Task.CompletedTask;
            ExecutionContext.Run(_context, _ => running = work(session), null);
            return running;
        }

        public void Finish()
        {
            if (Failure is null)
            {
                Done.SetResult();
            }
            else
            {
                Done.SetException(Failure);
            }
        }
    }
}
