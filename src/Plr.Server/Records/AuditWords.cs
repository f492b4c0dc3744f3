using Plr.Core.Audit;
using Plr.Server.Web;

namespace Plr.Server.Records;

/// <summary>Who looked, in the words of the language of the request.</summary>
public sealed class AuditWords(Texts texts)
{
    /// <summary>The learner, an organisation, the register office, or somebody.</summary>
    public string Who(AuditLine line) => line switch
    {
        { ActorKind: "learner" } => texts["Audit.You"],
        { Organisation: { } name } => name,
        { ActorKind: "officer" or "register" } => texts["Audit.Office"],
        _ => texts["Audit.Somebody"],
    };

    /// <summary>As for a line.</summary>
    public string Who(AuditGroup group) => group switch
    {
        _ when group.Who == AuditWho.Learner => texts["Audit.You"],
        { Organisation: { } name } => name,
        _ when group.Who == AuditWho.Office => texts["Audit.Office"],
        _ => texts["Audit.Somebody"],
    };

    /// <summary>An entry in one sentence: "Coleg Dyffryn (Huw Pugh): Looked at your whole record. To enrol you. The web site for organisations".</summary>
    public string InOneLine(AuditLine line)
    {
        var who = line is { Person: { } person, ActorKind: not "learner" } ? $"{Who(line)} ({person})" : Who(line);
        return $"{who}: {texts[$"Audit.Action.{line.Action}"]}. {texts[$"Audit.Purpose.{line.Purpose}"]}. {texts[$"Audit.Channel.{line.Channel}"]}";
    }
}
