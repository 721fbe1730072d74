"""Words that the stemmer gives one stem although they share no meaning: humane and human, officer and office. Pure.

How they were found: the 60,000 most frequent English words and those of the report were grouped by stem; in each group
the words that a dictionary of word families (WordNet: inflections and derivations) does not join to the most frequent
one were listed, and a person chose those that nobody means when searching for the other.
"""

_APART = """
    acquisitive; activate activated activates activating activation activations; additive additives; affection
    affectionate affections; alternate alternated alternately alternates alternating alternation; applicability
    applicable; appropriation appropriations; author authored authoring authors; authorities authority;
    authorization authorizations authorize authorized authorizes authorizing; busied busy; candid candidly;
    capitalism; centralization centralize centralized centralizing; civilization civilizations civilize civilized
    civilizing; collective collectively collectives; communicable; competence competences competencies competency
    competent competently; comprehensible comprehension; conclusive conclusively; conditional conditionality
    conditionally conditionals; considerable considerably; considerate; consistency consistent consistently;
    constitute constituted constitutes constituting; constructive constructively; conventional conventionally;
    convent convents; cooper coopers; corporal corporals; critical critically; accountancy accountant accountants;
    accountability accountable; customer customers; customs; decisive decisively; designate designated designates
    designating designation designations; detective detectives; detente; diversion diversions; effective effectively
    effectiveness; evident evidently; exceptional exceptionally; executive executives; experiment experimental
    experimentation experimented experimenting experiments; figurative figuratively; general generalities generality
    generally generals; generate generated generates generating generator generators; germane; harmonic harmonically
    harmonics; hospitable hospitality; humane humanely; humanism; illegible; impersonal; import importation imported
    importer importers importing imports; incoming; incorporeal; individualism; industrious; informal informality
    informally; informant informants informer informers; initiative initiatives; initial initially initials;
    initiate initiated initiates initiating initiation initiations; institute instituted institutes instituting;
    integrity; judicious judiciously; locale locales; mechanic mechanical mechanically mechanicals mechanics;
    mobilization mobilize mobilized mobilizes mobilizing; modulate modulated modulates modulating modulation
    modulations; nationalities nationality; nationalism; nationalization nationalize nationalized nationalizing;
    nature natures; naturalization naturalize naturalized; nominal nominally; objective objectively objectives
    objectivity; occupancy occupant occupants; offensive offensively offensives; officer officers; officious;
    operative operatively operatives; opportunism; orderlies orderly; original originality originally originals;
    pacific; permissive; personal personally personals; personalities personality; polite politely politeness;
    populous; positive positively positives positivity; practicable; principalities principality; privation;
    procession processions; progressive progressively progressives; providence provident; publication publications;
    publicity publicize publicized publicizing; reasonable reasonably; receptive; regularization regularize
    regularizing; relative relatively relatives; relativity; remediation; republication; reservation reservations;
    resolute resolutely; respective respectively; respectable; response responses responsive responsiveness;
    several; severe severely severity; sever severed severing severance severs; socialism; socialize socialized
    socializing; specification specifications; stately; stated; subjective subjectively subjectivity; substantial
    substantially; succession successions successive successively; terminal terminally terminals; transformer
    transformers; transition transitional transitioned transitioning transitions; transitive; undertaker
    undertakers; united; urbane; vitals; department departmental departments; apartment apartments; rational
    rationale rationality rationally; minorities minority; identical identically; projection projections; july;
    physics; attache attaches; aide aides; contraction contractions; theses; admiral admirals; amen; animate
    animated animates animating animation animations; anime animes; audition auditioned auditioning auditions;
    celebrities celebrity; cleric clerics; compass compasses; composite composites compositing; conception
    conceptions; conservative conservatively conservatives; contention contentions; conversion conversions; coroner
    coroners; correctional; discrete discretely; edition editions; emergence emergent; empirical empirically;
    expensive expensively; fabric fabrics; formative; format formats formatted formatting; ignorance ignorant
    ignorantly; ironic ironically irony; liberal liberalism liberally liberals; liberate liberated liberates
    liberating liberation; liter literally liters litre litres; literal literals; maxim maximally maxims; miner
    miners; negligible; petite petites; recess recessed recesses; sunni sunnies sunnis; suspense; tribune tribunes;
    vegetation; quit quits quitted quitting; obliged; ordination; collateralized; compute computed computer
    computers computes computing; conductivity; distinctive distinctively; extremism; infirm; maine; popularity;
    populism; productive productively productivity; secretive
"""
# By word the stem of its own group, which no stemmer gives.
APART = {word: f"{group.split()[0]}=" for group in _APART.split(";") for word in group.split()}

_WITHOUT_FAMILY = """
    accessori after assist atlant auditori auster ballist bangor barber barrier barrist barter bassist becker berger
    better bigger binari bonner boomer border bother brother bunker calori calvari canari canist cantor captor
    career castor caveat center chapter chemist chester clitori collier combat compat conner connor cooper cordial
    corner coronari cramer crocker crowder cursor cursori danger decker demeanor denial dentist desist deviant
    didier differ director directori disori distant dormant dramat dreari evangelist ever extant factor factori
    finalist flicker flower former freder gallant gender gigant gladiat glossari grader granger gregor gregori
    gruber gunner habitat hammer heather heller hickori hillari hinder hooper hoover horner hungari hunger imaginari
    infant internat inventori jenner judaism jumper knicker laboratori langer latter ledger lester letter levant
    linger literari logist luster mallori manner martial master mather matter medial memori mentor merchant miller
    milner minist mister monger mother mutter neonat nestor never norther notari notori number observatori offer
    order ordinari organism over pageant palmer paper parker pastor pendant plantat platter polari ponder potter
    power primari primer priori probat prolifer proper purgatori quarter radial ranger rational realist receptor
    regener regist resist resistor restor river rooster rosari rotari router rudder salari saucer schism schooler
    seater secondari secretari sector semant seminari senatori sensori serial servant server shelter shiver shoulder
    shower silver simmer sincer sinist slider sooner spatial spencer springer staffer stationari statist steeler
    steiner successor suitor summer tailor tanker temper templat tempor temporari tenant tender tentat terrier
    terror theori tower tractor traitor tributari trooper under underwat vacant vigilant waller walter wander water
    webber whisker whiter wicker winger winter wither yorker zachari
"""
# Stems that only look like a derivative: "former" is not of "form", nor "secretari" of "secret".
WITHOUT_FAMILY = frozenset(_WITHOUT_FAMILY.split())
