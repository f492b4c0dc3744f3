using Plr.Core.Responses;

namespace Plr.Core.Batches;

/// <summary>What kind of file a batch is.</summary>
public enum BatchKind
{
    /// <summary>Learner registration, version 2A (DOSSIER §6.1).</summary>
    Registrations = 1,

    /// <summary>Achievements, version 1A (DECISIONS, Files).</summary>
    Achievements = 2,
}

/// <summary>DECISIONS, JobStatus.</summary>
public enum BatchStatus
{
    Waiting = 0,
    InProgress = 1,
    Successful = 2,
    Failed = 3,
    Cancelled = 4,
}

/// <summary>A file that an organisation sent, and how far it is. The file itself lies in the data folder; its outcomes are rows of the store.</summary>
public sealed record Batch
{
    /// <summary>The contract's JobID.</summary>
    public required int Id { get; init; }

    public required BatchKind Kind { get; init; }

    public required Guid OrganisationId { get; init; }

    /// <summary>Who sent it; null for software and for the command line.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>The organisation's software that sent it, when it was no person.</summary>
    public Guid? MachineClientId { get; init; }

    /// <summary>The name under which the file was sent; shown only to its organisation.</summary>
    public required string FileName { get; init; }

    /// <summary>SHA-256 of the file.</summary>
    public required byte[] Digest { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    public required BatchStatus Status { get; init; }

    public required Channel Channel { get; init; }

    /// <summary>Data rows; 0 until the file has been read once.</summary>
    public required int RowsTotal { get; init; }

    /// <summary>Data rows whose outcome is committed.</summary>
    public required int RowsDone { get; init; }

    /// <summary>Why the whole file was refused.</summary>
    public FileRefusal? Refusal { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Rows by outcome name: those of <see cref="ResponseCodes"/> and of <see cref="LearningEvents.AchievementChange"/>.</summary>
    public IReadOnlyDictionary<string, int> Counts { get; init; } = new Dictionary<string, int>();

    /// <summary>The same as a person reads them.</summary>
    public IReadOnlyList<BatchCount> Outcomes => BatchCount.Of(Counts);

    /// <summary>Rows that went in.</summary>
    public int Accepted => Outcomes.Where(count => !count.IsRejection).Sum(count => count.Rows);

    /// <summary>Rows that were rejected.</summary>
    public int Rejected => Outcomes.Where(count => count.IsRejection).Sum(count => count.Rows);

    public bool IsFinished => Status is BatchStatus.Successful or BatchStatus.Failed or BatchStatus.Cancelled;
}

/// <summary>Why a whole file was refused, and where.</summary>
/// <param name="Fault">The fault's name; pages take their words from the resource file Findings.</param>
/// <param name="Line">The line of the file, from 1; 0 when it is not about a line.</param>
/// <param name="Column">The column, from 1; 0 when it is not about a column.</param>
/// <param name="Text">What is wrong, where, and what to do, in English.</param>
public sealed record FileRefusal(string Fault, int Line, int Column, string Text);

/// <summary>The part of a batch that one transaction carries: outcomes and progress commit together.</summary>
/// <param name="BatchId">The batch.</param>
/// <param name="RowsBefore">Rows done before this chunk; when the store holds another number, somebody else has gone on and nothing is done.</param>
/// <param name="RowsAfter">Rows done after it.</param>
public sealed record BatchChunk(int BatchId, int RowsBefore, int RowsAfter)
{
    /// <summary>The lines of the file on which its rows begin, by the number of the row; empty when there is no file.</summary>
    public IReadOnlyDictionary<int, int> Lines { get; init; } = new Dictionary<int, int>();

    /// <summary>The line of a data row; 0 when it is not known.</summary>
    public int LineOf(int row) => Lines.GetValueOrDefault(row);
}

/// <summary>The stored outcome of one data row.</summary>
/// <param name="Row">From 1.</param>
/// <param name="Code">The outcome.</param>
/// <param name="Uln">What goes into the output's ULN column, for registrations.</param>
/// <param name="Findings">Why it was refused.</param>
public sealed record BatchRow(int Row, ResponseCode Code, string? Uln, IReadOnlyList<Finding> Findings)
{
    /// <summary>The line of the file on which it begins, from 1; 0 when it is not known.</summary>
    public int Line { get; init; }

    /// <summary>Whether the row was refused; a registration that found the learner was not.</summary>
    public bool IsRefused => Findings.Count > 0;

    /// <summary>All findings as one sentence each, for the output file.</summary>
    public string Text => string.Join("; ", Findings.Select(finding => finding.Text));
}
