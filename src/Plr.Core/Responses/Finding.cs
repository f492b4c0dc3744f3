using System.Globalization;
using System.Reflection;

namespace Plr.Core.Responses;

/// <summary>A rule that a value broke, with its sentence: {0}, {1} … are the finding's values. Pages take their words from the resource file Findings, under the name.</summary>
public sealed record FindingRule(string Name, string Text);

/// <summary>The sentences of findings, for the wire and for output files. They never repeat the value that was wrong: it may be personal.</summary>
public static class FindingRules
{
    public static readonly FindingRule Missing = new("Missing", "is missing");
    public static readonly FindingRule Blank = new("Blank", "is blank: give at least one letter");
    public static readonly FindingRule TooLong = new("TooLong", "is longer than {0} characters");
    public static readonly FindingRule NotADate = new("NotADate", "is not a date in the form yyyy-MM-dd, such as 2007-03-27");
    public static readonly FindingRule NotInCodeSet = new("NotInCodeSet", "is not one of {0}");
    public static readonly FindingRule BadPostcode = new("BadPostcode", "is not a postcode such as CV4 9EE, or ZZ99 9ZZ where there is none");
    public static readonly FindingRule BadEmail = new("BadEmail", "is not an e-mail address such as name@example.org");
    public static readonly FindingRule BadCharacters = new("BadCharacters", "has a character at position {0} that cannot be stored");
    public static readonly FindingRule BadUkprn = new("BadUkprn", "is not a UKPRN of 8 digits");
    public static readonly FindingRule BadScottishCandidateNumber = new("BadScottishCandidateNumber", "is not a Scottish candidate number of 9 digits");
    public static readonly FindingRule BadQualificationNumber = new("BadQualificationNumber", "is not a qualification or unit number such as 600/1166/X or K/501/5773");
    public static readonly FindingRule BadGrade = new("BadGrade", "is not a grade: letters, digits and * - / and blanks, at most 10 characters");
    public static readonly FindingRule BadUln = new("BadUln", "is not a ULN: ten digits of which the last is a check digit");
    public static readonly FindingRule TemporaryUln = new("TemporaryUln", "9999999999 stands for a ULN that is not known yet: leave the cell empty");
    public static readonly FindingRule BadUci = new("BadUci", "is not a unique candidate identifier of 13 letters and digits");
    public static readonly FindingRule BadUpn = new("BadUpn", "is not a unique pupil number: a letter and 12 digits");
    public static readonly FindingRule NeedsDescription = new("NeedsDescription", "is needed when VerificationType is 999");
    public static readonly FindingRule AgeOutsideRange = new("AgeOutsideRange", "gives an age outside {0} to {1}");
    public static readonly FindingRule NotOnRegister = new("NotOnRegister", "is not on the register");
    public static readonly FindingRule DoesNotAgree = new("DoesNotAgree", "does not agree with the learner who has this ULN");
    public static readonly FindingRule RowIsRepeated = new("RowIsRepeated", "is the same as row {0} of this file");
    public static readonly FindingRule ShareChange = new("ShareChange", "cannot change from {0} to {1} by a file or a call");
    public static readonly FindingRule SeveralLearners = new("SeveralLearners", "agree with {0} learners on the register: a person must decide");
    public static readonly FindingRule MayBeOnRegister = new("MayBeOnRegister", "may be of somebody on the register: a person must look at them");
    public static readonly FindingRule NotSearched = new("NotSearched", "were not searched for by this organisation in the last {0} minutes: search for the person first");
    public static readonly FindingRule SearchedTooMany = new("SearchedTooMany", "had too many matches when they were searched for: search with more or better details first");
    public static readonly FindingRule SearchedJustNow = new("SearchedJustNow", "had possible matches: look at them, and register after {0} seconds if none is the person");
    public static readonly FindingRule OwnedBySomebodyElse = new("OwnedBySomebodyElse", "belongs to another awarding organisation");
    public static readonly FindingRule OwnedByNobody = new("OwnedByNobody", "has no owner on the register of qualifications, so nobody can upload against it");
    public static readonly FindingRule OutsideDates = new("OutsideDates", "is outside the dates on which the qualification could be awarded: {0} to {1}");
    public static readonly FindingRule InTheFuture = new("InTheFuture", "is in the future");
    public static readonly FindingRule TooYoung = new("TooYoung", "is before the learner's 10th birthday");
    public static readonly FindingRule OutsideScale = new("OutsideScale", "is not in the scale {0}");
    public static readonly FindingRule AlreadyHeld = new("AlreadyHeld", "is already held with another {0}: send action 2 to change it");
    public static readonly FindingRule NotHeld = new("NotHeld", "names an achievement that is not held: send action 1 first");
    public static readonly FindingRule WrongState = new("WrongState", "cannot be done to an achievement that is {0}");
    public static readonly FindingRule EarlierInFile = new("EarlierInFile", "is in row {0} of this file with other values");
    public static readonly FindingRule BeforeBirth = new("BeforeBirth", "is before the date of birth");

    // Organisations, accounts and reference data.
    public static readonly FindingRule TooShort = new("TooShort", "is shorter than {0} characters");
    public static readonly FindingRule EasilyGuessed = new("EasilyGuessed", "is easily guessed: it is a common password, or made of the service's name or your own");
    public static readonly FindingRule BadOrganisationRef = new("BadOrganisationRef", "is not an organisation reference of 6 letters and digits");
    public static readonly FindingRule BadRecognitionNumber = new("BadRecognitionNumber", "is not a recognition number such as RN5196");
    public static readonly FindingRule NeedsANumber = new("NeedsANumber", "is missing: give a UKPRN, an organisation reference or a recognition number");
    public static readonly FindingRule TakenByOrganisation = new("TakenByOrganisation", "is another organisation's");
    public static readonly FindingRule TakenByAccount = new("TakenByAccount", "is another account's");
    public static readonly FindingRule RoleNeedsOrganisation = new("RoleNeedsOrganisation", "{0} is for people of an organisation: name it");
    public static readonly FindingRule RoleIsTheOffices = new("RoleIsTheOffices", "{0} is the register office's: leave the organisation out");
    public static readonly FindingRule RoleNeedsUkprn = new("RoleNeedsUkprn", "{0} needs an organisation that has a UKPRN");
    public static readonly FindingRule RoleNeedsRecognition = new("RoleNeedsRecognition", "{0} needs an organisation that has a recognition number");
    public static readonly FindingRule NotARegisterDate = new("NotARegisterDate", "is not a date such as 2010-04-01 or 2010-04-01 00:00:00");
    public static readonly FindingRule NotANumber = new("NotANumber", "is not a whole number from 0");
    public static readonly FindingRule NumberIsRepeated = new("NumberIsRepeated", "stands in line {0} of this file already");

    // Calls.
    public static readonly FindingRule BeforeFirstDay = new("BeforeFirstDay", "is before the first day");
    public static readonly FindingRule TooMany = new("TooMany", "are more than {0}");

    // Shares.
    public static readonly FindingRule NotInTheFuture = new("NotInTheFuture", "is not in the future");
    public static readonly FindingRule TooFar = new("TooFar", "is more than {0} days away");
    public static readonly FindingRule NotBetween = new("NotBetween", "is not between {0} and {1}");

    // Machine clients.
    public static readonly FindingRule TooManyKeys = new("TooManyKeys", "has {0} keys already; end one first");
    public static readonly FindingRule BadPublicKey = new("BadPublicKey", "is not a public key in the form of a JSON web key: RSA of 2048 bits or more, or EC P-256");
    public static readonly FindingRule PrivateKey = new("PrivateKey", "holds its private part, which must stay with its owner: make another key and give the public part only");

    // A register that is moved.
    public static readonly FindingRule NotAnInstant = new("NotAnInstant", "is not a moment in the form 2026-11-23T12:00:00.000000Z");
    public static readonly FindingRule NotACode = new("NotACode", "is not the number of a code, 0 to 32767");
    public static readonly FindingRule NotTheNextVersion = new("NotTheNextVersion", "is not the next one, which is {0}");
    public static readonly FindingRule FollowsRefused = new("FollowsRefused", "follows a version that was refused");
    public static readonly FindingRule HeldOtherwise = new("HeldOtherwise", "is held already with other values");
    public static readonly FindingRule IdIsAnothers = new("IdIsAnothers", "is the number of another learner's learning event");
    public static readonly FindingRule AchievementHeldAs = new("AchievementHeldAs", "names an achievement that is held as learning event {0}");
    public static readonly FindingRule MasterDoesNotFit = new("MasterDoesNotFit", "goes with the status Merged and no other, and is another ULN than the learner's own");
    public static readonly FindingRule BadReference = new("BadReference", "is not the reference of a report");
    public static readonly FindingRule BadDigest = new("BadDigest", "is not a digest of 64 hexadecimal digits 0-9 and a-f");
    public static readonly FindingRule MergedInARound = new("MergedInARound", "is merged, over other learners, into this learner: nobody would be left");

    // Data challenges.
    public static readonly FindingRule DoesNotFitEvent = new("DoesNotFitEvent", "does not fit: name the event for what is wrong with it, and none for what is missing or for details");

    public static IReadOnlyList<FindingRule> All { get; } =
        [.. typeof(FindingRules).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)).OfType<FindingRule>()];
}

/// <summary>What is wrong with one field: the outcome it leads to, the field as the face names it, the rule, and the rule's values.</summary>
public sealed record Finding(ResponseCode Code, string Field, FindingRule Rule, params string[] Values)
{
    /// <summary>The sentence for the wire and for output files: field, then what is wrong with it.</summary>
    public string Text => $"{Field} {string.Format(CultureInfo.InvariantCulture, Rule.Text, [.. Values])}";

    /// <summary>Of several findings, the code that is judged first (the order of <see cref="ResponseCodes.All"/>): it is the row's code.</summary>
    public static ResponseCode FirstCode(IReadOnlyCollection<Finding> findings) => findings.Select(finding => finding.Code).MinBy(ResponseCodes.Order)
        ?? throw new ArgumentException("There is no finding to take a code from.", nameof(findings));
}
