namespace Plr.Core.MachineClients;

/// <summary>What a machine client asks to do, by operation: a token for one opens that and nothing else.</summary>
/// <param name="Name">As the client writes it in <c>scope</c>.</param>
/// <param name="Text">For the documentation.</param>
/// <param name="Actions">The policy's actions that it opens, as far as the client's roles have them.</param>
public sealed record Scope(string Name, string Text, params PolicyAction[] Actions)
{
    /// <summary>The table.</summary>
    public static IReadOnlyList<Scope> All { get; } =
    [
        new("learners.find", "Find a learner by ULN and names, or by details.", PolicyAction.FindLearner, PolicyAction.ViewLearner),
        new("ulns.verify", "Verify that a ULN belongs to a person; nothing of the person is shown.", PolicyAction.VerifyLearner),
        new("ulns.read", "See whom ULNs lead to, and which were merged, unmerged or taken off the register.", PolicyAction.RetrieveUlns, PolicyAction.ReportUlns),
        new("learners.register", "Register a learner and get a ULN.", PolicyAction.RegisterLearner),
        new("learners.update", "Update a learner's details.", PolicyAction.UpdateLearner),
        new("records.read", "Read the personal learning record of a learner who shares it.", PolicyAction.ViewRecord),
        new("batches.write", "Send registration and achievements files.", PolicyAction.UploadRegistrations, PolicyAction.UploadAchievements),
        new("batches.read", "Follow files and fetch their outcome.", PolicyAction.ViewBatch),
    ];

    /// <summary>The scopes that these roles can use.</summary>
    public static IReadOnlyList<Scope> Of(Roles roles) => [.. All.Where(scope => scope.Actions.Any(action => Policy.MayTry(roles, action)))];

    /// <summary>Whether somebody who was given these scopes may come to an action. What needs no scope is what everybody may do.</summary>
    public static bool Opens(IReadOnlyCollection<string> given, PolicyAction action) =>
        Policy.MayTry(Roles.None, action) || All.Any(scope => given.Contains(scope.Name) && scope.Actions.Contains(action));
}
