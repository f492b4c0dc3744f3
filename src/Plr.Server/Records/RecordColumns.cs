namespace Plr.Server.Records;

/// <summary>The columns of a record's table in their order, for learners and organisations alike; each is the end of a key <c>Learner.Column.…</c>.</summary>
public static class RecordColumns
{
    public static readonly IReadOnlyList<string> All = ["Subject", "Type", "Level", "Grade", "Awarding", "Provider", "Date", "Source", "Status"];
}
