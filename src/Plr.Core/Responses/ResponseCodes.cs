using System.Reflection;

namespace Plr.Core.Responses;

/// <summary>
/// The table of outcomes. Nothing outside this folder writes a code as a string. Documented codes: DOSSIER §4.5 to §4.7 and §6.3; ours:
/// DECISIONS, "Return codes of a registration row" and "Achievement row codes".
/// </summary>
public static class ResponseCodes
{
    // Learners, over every face.
    public static readonly ResponseCode NoMatch = new("NoMatch", "WSRC0001", null, 404, "No match");
    public static readonly ResponseCode TooManyMatches = new("TooManyMatches", "WSRC0002", null, 409, "Too many matches: more than 10");
    public static readonly ResponseCode ExactMatch = new("ExactMatch", "WSRC0004", "RC002", 200, "Exact match, nothing changed");
    public static readonly ResponseCode LearnerRegistered = new("LearnerRegistered", "WSRC0005", "RC001", 201, "New learner registered");
    public static readonly ResponseCode LearnerUpdated = new("LearnerUpdated", "WSRC0006", "RC003", 200, "Exact match, optional details updated");
    public static readonly ResponseCode MasterSubstituted = new("MasterSubstituted", "WSRC0022", "RC004", 200, "Match on a merged record, master ULN returned");
    public static readonly ResponseCode StaleVersion = new("StaleVersion", "WSRC0013", null, 412, "The learner was updated since you last obtained the details");
    public static readonly ResponseCode NothingChanged = new("NothingChanged", "WSRC0020", null, 200, "No changes found, not updated");
    public static readonly ResponseCode UlnNotFound = new("UlnNotFound", "WSRC0019", null, 404, "ULN not found for update");

    // Rows of a registration file, in the order in which they are judged.
    public static readonly ResponseCode IncorrectFormat = new("IncorrectFormat", "WSEC0001", "RC011", 422, "Incorrect format");
    public static readonly ResponseCode IncorrectIdentifier = new("IncorrectIdentifier", "WSEC0136", "RC012", 422, "Incorrect identifier format");
    public static readonly ResponseCode OutsideAgeRange = new("OutsideAgeRange", "WSEC0001", "RC013", 422, "Outside the permitted age range 13 to 110");
    public static readonly ResponseCode InsufficientData = new("InsufficientData", "WSRC0015", "RC006", 422, "Insufficient data to create a ULN");
    public static readonly ResponseCode UlnNotThisPerson = new("UlnNotThisPerson", null, "RC008", 422, "ULN supplied, but not found or not this person's");
    public static readonly ResponseCode SameAsEarlierRow = new("SameAsEarlierRow", null, "RC009", 422, "Same learner as an earlier row of this file");
    public static readonly ResponseCode PossibleMatches = new("PossibleMatches", "WSRC0003", "RC007", 409, "Possible matches: a person must decide");
    public static readonly ResponseCode SearchFirst = new("SearchFirst", "WSRC0021", null, 409, "Could not be registered: search for the learner first");
    public static readonly ResponseCode ShareChangeNotAllowed = new("ShareChangeNotAllowed", "WSRC0014", "RC010", 422, "Change of ability to share not allowed");

    // Verifying a ULN: whatever it comes to is the answer. The texts are those of DOSSIER §4.4.
    public static readonly ResponseCode UlnVerified = new("UlnVerified", "WSVRC001", null, 200, "Successful match: every incoming parameter matches exactly");
    public static readonly ResponseCode LinkedUlnVerified = new("LinkedUlnVerified", "WSVRC002", null, 200, "Successful linked match: every incoming parameter matches exactly, and the record is a linked learner");
    public static readonly ResponseCode UlnSimilar = new("UlnSimilar", "WSVRC003", null, 200, "Similar match: ULN found, GivenName and/or FamilyName similar but not a successful match");
    public static readonly ResponseCode LinkedUlnSimilar = new("LinkedUlnSimilar", "WSVRC004", null, 200, "Similar linked match: as a similar match, and the record is a linked learner");
    public static readonly ResponseCode UlnDoesNotMatch = new("UlnDoesNotMatch", "WSVRC005", null, 200, "Learner does not match: ULN found, any or all fields neither match nor are similar");
    public static readonly ResponseCode UlnUnknown = new("UlnUnknown", "WSVRC006", null, 200, "ULN not found");

    // Access.
    public static readonly ResponseCode SignInFirst = new("SignInFirst", "WSEC0003", null, 401, "Nobody is signed in");
    public static readonly ResponseCode NotAllowed = new("NotAllowed", "WSEC0006", null, 403, "Insufficient access");
    public static readonly ResponseCode NotShared = new("NotShared", "WSEC0206", null, 403, "The learner has not opted to share");
    public static readonly ResponseCode NotVerified = new("NotVerified", "WSEC0208", null, 404, "The learner could not be verified");

    // Rows of an achievements file, in the order in which they are judged.
    public static readonly ResponseCode FieldMissing = new("FieldMissing", null, "AC001", 422, "A required field is missing", FieldData);
    public static readonly ResponseCode FieldFormat = new("FieldFormat", null, "AC002", 422, "Not in the permitted format", FieldData);
    public static readonly ResponseCode GradeFormat = new("GradeFormat", null, "AC003", 422, "The grade is not written as a grade", FieldData);
    public static readonly ResponseCode UnknownCode = new("UnknownCode", null, "AC004", 422, "Unknown action, submission type or language", FieldData);
    public static readonly ResponseCode NotAUln = new("NotAUln", null, "AC101", 422, "The ULN is not a ULN", LearnerData);
    public static readonly ResponseCode UlnNotOnRegister = new("UlnNotOnRegister", null, "AC102", 422, "The ULN is not on the register", LearnerData);
    public static readonly ResponseCode DetailsDisagree = new("DetailsDisagree", null, "AC103", 422, "Names, date of birth or gender do not agree with the ULN", LearnerData);
    public static readonly ResponseCode UnknownQualification = new("UnknownQualification", null, "AC201", 422, "Unknown qualification or unit", BusinessRule);
    public static readonly ResponseCode AnotherOrganisations = new("AnotherOrganisations", null, "AC202", 422, "Not this awarding organisation's qualification", BusinessRule);
    public static readonly ResponseCode NotOffered = new("NotOffered", null, "AC203", 422, "Not offered on the award date", BusinessRule);
    public static readonly ResponseCode AwardDateImpossible = new("AwardDateImpossible", null, "AC204", 422, "Award date in the future or before the learner was 10", BusinessRule);
    public static readonly ResponseCode GradeNotInScale = new("GradeNotInScale", null, "AC205", 422, "The grade is not in the scale", BusinessRule);
    public static readonly ResponseCode HeldWithOtherValues = new("HeldWithOtherValues", null, "AC206", 422, "Already held with other values: use action 2", BusinessRule);
    public static readonly ResponseCode NothingToChange = new("NothingToChange", null, "AC207", 422, "Nothing to update, withdraw, reinstate or promote, or not in that state", BusinessRule);
    public static readonly ResponseCode SameAchievementEarlier = new("SameAchievementEarlier", null, "AC208", 422, "Same achievement earlier in this file with other values", BusinessRule);

    // Whole files.
    public static readonly ResponseCode BatchAccepted = new("BatchAccepted", "WSRC0007", null, 202, "Batch successfully submitted");
    public static readonly ResponseCode RecordCountIncorrect = new("RecordCountIncorrect", "WSRC0017", null, 422, "Record count incorrect");
    public static readonly ResponseCode FileRefused = new("FileRefused", "WSRC0010", null, 422, "The file could not be read");
    public static readonly ResponseCode UnknownBatch = new("UnknownBatch", "WSRC0018", null, 404, "Unknown job");
    public static readonly ResponseCode NotSetUpForAchievements = new("NotSetUpForAchievements", "WSRC0043", null, 403, "Awarding organisation not configured to submit achievement batches");
    public static readonly ResponseCode NotSetUpForRegistrations = new("NotSetUpForRegistrations", null, null, 403, "The organisation has no UKPRN, so it cannot send registration files");
    public static readonly ResponseCode UnknownOrganisation = new("UnknownOrganisation", "WSEC0003", null, 404, "Unknown organisation, or not active");

    // The register's own keeping: organisations, accounts, reference data. On pages and on the command line only.
    public static readonly ResponseCode DetailsIncorrect = new("DetailsIncorrect", null, null, 422, "Some details are not right");
    public static readonly ResponseCode OrganisationAdded = new("OrganisationAdded", null, null, 201, "Organisation added");
    public static readonly ResponseCode OrganisationChanged = new("OrganisationChanged", null, null, 200, "Organisation changed");
    public static readonly ResponseCode ReferenceDataLoaded = new("ReferenceDataLoaded", null, null, 200, "Reference data loaded");
    public static readonly ResponseCode AccountAdded = new("AccountAdded", null, null, 201, "Account added");
    public static readonly ResponseCode AccountChanged = new("AccountChanged", null, null, 200, "Account changed");
    public static readonly ResponseCode UnknownAccount = new("UnknownAccount", null, null, 404, "Unknown account");
    public static readonly ResponseCode AccountInvited = new("AccountInvited", null, null, 201, "One-time link made");
    public static readonly ResponseCode LinkOver = new("LinkOver", null, null, 410, "The link was used before, or its time is over");
    public static readonly ResponseCode LinkSent = new("LinkSent", null, null, 202, "If there is such an account, a one-time link is on its way by e-mail");
    public static readonly ResponseCode PasswordSet = new("PasswordSet", null, null, 200, "Password set");
    public static readonly ResponseCode SignedIn = new("SignedIn", null, null, 200, "Signed in");
    public static readonly ResponseCode FactorFirst = new("FactorFirst", null, null, 403, "The second factor is to be given or set up first");
    public static readonly ResponseCode FactorGiven = new("FactorGiven", null, null, 200, "Second factor given");
    public static readonly ResponseCode FactorRefused = new("FactorRefused", null, null, 401, "Code not right, used before, or tried too often: wait up to 15 minutes");
    public static readonly ResponseCode FactorChanged = new("FactorChanged", null, null, 200, "Second factor changed");
    public static readonly ResponseCode FactorNeeded = new("FactorNeeded", null, null, 409, "This account must have a second factor");
    public static readonly ResponseCode PasskeyAllowed = new("PasskeyAllowed", null, null, 200, "A passkey can be made");
    public static readonly ResponseCode PasskeyAdded = new("PasskeyAdded", null, null, 201, "Passkey added");
    public static readonly ResponseCode PasskeyRemoved = new("PasskeyRemoved", null, null, 200, "Passkey removed");
    public static readonly ResponseCode PasskeyRefused = new("PasskeyRefused", null, null, 401, "Passkey not accepted");
    public static readonly ResponseCode PasskeysFull = new("PasskeysFull", null, null, 409, "This account can have no more passkeys");
    public static readonly ResponseCode SessionsEnded = new("SessionsEnded", null, null, 200, "Sessions ended");
    public static readonly ResponseCode SignInRefused = new("SignInRefused", null, null, 401, "E-mail address or password not right, or tried too often: wait up to 15 minutes");

    // Machine clients and the open interface.
    public static readonly ResponseCode MachineClientAdded = new("MachineClientAdded", null, null, 201, "Machine client added");
    public static readonly ResponseCode MachineClientChanged = new("MachineClientChanged", null, null, 200, "Machine client changed");
    public static readonly ResponseCode ClientKeyAdded = new("ClientKeyAdded", null, null, 201, "Key of a machine client added");
    public static readonly ResponseCode UnknownMachineClient = new("UnknownMachineClient", null, null, 404, "Unknown machine client or key");
    public static readonly ResponseCode UnknownScope = new("UnknownScope", null, null, 400, "A scope that this client cannot have");
    public static readonly ResponseCode ScopeMissing = new("ScopeMissing", null, null, 403, "The token does not open this: ask for one with the scope");
    public static readonly ResponseCode BadRequest = new("BadRequest", null, null, 400, "The request is not in the form that the interface takes");
    public static readonly ResponseCode NotFound = new("NotFound", null, null, 404, "There is nothing here");
    public static readonly ResponseCode MethodNotAllowed = new("MethodNotAllowed", null, null, 405, "This cannot be done here");
    public static readonly ResponseCode TooLarge = new("TooLarge", null, null, 413, "The request is larger than this takes");
    public static readonly ResponseCode WrongMediaType = new("WrongMediaType", null, null, 415, "The media type is not one that this takes");
    public static readonly ResponseCode VersionNeeded = new("VersionNeeded", null, null, 428, "If-Match with the ETag that was read is needed");
    public static readonly ResponseCode KeyUsedOtherwise = new("KeyUsedOtherwise", null, null, 422, "The Idempotency-Key was used for another request");
    public static readonly ResponseCode TooManyRequests = new("TooManyRequests", null, null, 429, "Too many requests: wait as long as Retry-After says");
    public static readonly ResponseCode Bug = new("Bug", null, null, 500, "There is a problem with the service");
    public static readonly ResponseCode StoreFull = new("StoreFull", null, null, 507, "The register's disk is full: nothing can be kept until there is space");
    public static readonly ResponseCode NotFinished = new("NotFinished", null, null, 409, "The file is not done yet, or was refused");

    // Data challenges.
    public static readonly ResponseCode ChallengeRaised = new("ChallengeRaised", null, null, 201, "Data challenge raised");
    public static readonly ResponseCode UnknownEvent = new("UnknownEvent", null, null, 404, "Not on this learner's record");
    public static readonly ResponseCode TooManyChallenges = new("TooManyChallenges", null, null, 409, "Too many open data challenges: wait for an answer, or withdraw one");
    public static readonly ResponseCode UnknownChallenge = new("UnknownChallenge", null, null, 404, "There is no such data challenge");
    public static readonly ResponseCode ChallengeMoved = new("ChallengeMoved", null, null, 200, "Data challenge moved on");
    public static readonly ResponseCode ChallengeNotInState = new("ChallengeNotInState", null, null, 409, "That cannot be done to the data challenge in its present state");
    public static readonly ResponseCode ChallengeMovedMeanwhile = new("ChallengeMovedMeanwhile", null, null, 412, "Somebody has dealt with the data challenge since it was read");
    public static readonly ResponseCode NotCorrectedYet = new("NotCorrectedYet", null, null, 409, "Correct the learning event first: it is as it was when the data challenge was raised");
    public static readonly ResponseCode OwnDecision = new("OwnDecision", null, null, 403, "Whoever rejected a data challenge does not review it: another officer must");
    public static readonly ResponseCode ReviewedAlready = new("ReviewedAlready", null, null, 409, "The data challenge was reviewed already");
    public static readonly ResponseCode EvidenceAdded = new("EvidenceAdded", null, null, 201, "Evidence added");
    public static readonly ResponseCode EvidenceEmpty = new("EvidenceEmpty", null, null, 422, "The file is empty");
    public static readonly ResponseCode EvidenceTooLarge = new("EvidenceTooLarge", null, null, 413, "The file is larger than evidence may be");
    public static readonly ResponseCode EvidenceRefused = new("EvidenceRefused", null, null, 422, "The file is not a PDF, JPEG or PNG");
    public static readonly ResponseCode TooMuchEvidence = new("TooMuchEvidence", null, null, 409, "The data challenge can have no more files");

    // Shares.
    public static readonly ResponseCode ShareMade = new("ShareMade", null, null, 201, "Share made");
    public static readonly ResponseCode ShareChanged = new("ShareChanged", null, null, 200, "Share changed");
    public static readonly ResponseCode ShareChangedMeanwhile = new("ShareChangedMeanwhile", null, null, 412, "The share was changed since it was read");
    public static readonly ResponseCode UnknownShare = new("UnknownShare", null, null, 404, "No such share of this learner");
    public static readonly ResponseCode TooManyShares = new("TooManyShares", null, null, 409, "The learner has as many open shares as there can be: end one first");
    public static readonly ResponseCode ShareOpened = new("ShareOpened", null, null, 200, "Share opened");
    public static readonly ResponseCode ShareRefused = new("ShareRefused", null, null, 404, "Share code or date of birth not right, or tried too often: wait up to 15 minutes");
    public static readonly ResponseCode ShareOver = new("ShareOver", null, null, 410, "The share has ended");
    public static readonly ResponseCode AddressKept = new("AddressKept", null, null, 200, "Address kept for corrections");

    // Reports.
    public static readonly ResponseCode ReportMade = new("ReportMade", null, null, 201, "Report made");
    public static readonly ResponseCode LearnerNotActive = new("LearnerNotActive", null, null, 409, "The learner is on the register but not active: no report can be made");
    public static readonly ResponseCode NotPrintable = new("NotPrintable", null, null, 422, "The record has characters that a PDF report cannot print: CSV and JSON carry them");
    public static readonly ResponseCode RecordChanged = new("RecordChanged", null, null, 409, "The record has changed since the report was made: ask for a new report");
    public static readonly ResponseCode ReportConfirmed = new("ReportConfirmed", null, null, 200, "The register made this report");
    public static readonly ResponseCode UnknownReport = new("UnknownReport", null, null, 404, "The register made no report with this reference");

    // Duplicates and linked learners.
    public static readonly ResponseCode DuplicatesCounted = new("DuplicatesCounted", null, null, 200, "Possible duplicates taken onto the work list");
    public static readonly ResponseCode PossibleDuplicateAdded = new("PossibleDuplicateAdded", null, null, 201, "Possible duplicate on the work list");
    public static readonly ResponseCode UnknownDuplicate = new("UnknownDuplicate", null, null, 404, "There is no such possible duplicate");
    public static readonly ResponseCode PairNotOpen = new("PairNotOpen", null, null, 409, "The pair is not open: it is proposed, told apart or linked");
    public static readonly ResponseCode ToldApart = new("ToldApart", null, null, 200, "Marked as two persons");
    public static readonly ResponseCode SamePersonAlready = new("SamePersonAlready", null, null, 409, "Both ULNs lead to one learner");
    public static readonly ResponseCode LinkProposed = new("LinkProposed", null, null, 201, "Link proposed: another officer decides");
    public static readonly ResponseCode UnlinkProposed = new("UnlinkProposed", null, null, 201, "Unlinking proposed: another officer decides");
    public static readonly ResponseCode LinkWaits = new("LinkWaits", null, null, 409, "A proposal about one of these learners waits already");
    public static readonly ResponseCode LearnersLinked = new("LearnersLinked", null, null, 200, "Learners linked");
    public static readonly ResponseCode LearnersUnlinked = new("LearnersUnlinked", null, null, 200, "Learners unlinked");
    public static readonly ResponseCode LinkRefused = new("LinkRefused", null, null, 200, "Proposal refused");
    public static readonly ResponseCode LinkWithdrawn = new("LinkWithdrawn", null, null, 200, "Proposal withdrawn");
    public static readonly ResponseCode UnknownLink = new("UnknownLink", null, null, 404, "There is no such proposal");
    public static readonly ResponseCode LinkDecided = new("LinkDecided", null, null, 409, "The proposal was decided or withdrawn already");
    public static readonly ResponseCode OwnProposal = new("OwnProposal", null, null, 403, "Whoever proposed it cannot decide it: another officer must");
    public static readonly ResponseCode NotOwnProposal = new("NotOwnProposal", null, null, 403, "Only whoever proposed it can withdraw it");
    public static readonly ResponseCode NotLinked = new("NotLinked", null, null, 409, "The learner is not linked to another");

    // Reports of ULNs.
    public static readonly ResponseCode UlnsReported = new("UlnsReported", null, null, 200, "ULNs reported");
    public static readonly ResponseCode UlnsForReportNotFound = new("UlnsForReportNotFound", "WSRC0023", null, 404, "ULNs for report not found");
    public static readonly ResponseCode NoUlnsForReport = new("NoUlnsForReport", "WSRC0024", null, 200, "No ULNs for report");
    public static readonly ResponseCode ReportTooLong = new("ReportTooLong", null, null, 422, "More ULNs than one report gives: ask for fewer days");

    private const string FieldData = "field data";
    private const string LearnerData = "learner data";
    private const string BusinessRule = "business rule";

    /// <summary>Every code, in the order of this file, which for row codes is the order of judgement.</summary>
    public static IReadOnlyList<ResponseCode> All { get; } =
        [.. typeof(ResponseCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)).OfType<ResponseCode>()];

    private static readonly Dictionary<ResponseCode, int> Orders = All.Select((code, order) => (code, order)).ToDictionary(pair => pair.code, pair => pair.order);

    /// <summary>The place of a code in the order of judgement.</summary>
    public static int Order(ResponseCode code) => Orders[code];
}
