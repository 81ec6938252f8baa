BEGIN TRANSACTION;
CREATE TABLE act (
	trigger_id VARCHAR NOT NULL, 
	taken_at DATETIME NOT NULL, 
	CONSTRAINT pk_act PRIMARY KEY (trigger_id)
);
INSERT INTO "act" VALUES('564334419611.4922188343.62cd63f106c79c3aa5a8c5e23a4e5532','2026-08-05 09:05:00.267860');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0012');
CREATE TABLE answer (
	draft_id INTEGER NOT NULL, 
	person VARCHAR NOT NULL, 
	agrees BOOLEAN NOT NULL, 
	given_at DATETIME NOT NULL, 
	CONSTRAINT pk_answer PRIMARY KEY (draft_id, person), 
	CONSTRAINT fk_answer_draft_id_draft FOREIGN KEY(draft_id) REFERENCES draft (id)
);
INSERT INTO "answer" VALUES(1,'U0ANA00000',1,'2026-08-03 08:05:00.427886');
INSERT INTO "answer" VALUES(1,'U0BEN00000',0,'2026-08-03 08:05:00.489255');
CREATE TABLE board (
	id INTEGER NOT NULL, 
	team_id VARCHAR NOT NULL, 
	channel_id VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	invited_by VARCHAR, 
	name VARCHAR, 
	time_zone VARCHAR, 
	digest_weekday INTEGER NOT NULL, 
	digest_time VARCHAR NOT NULL, 
	people FLOAT NOT NULL, 
	weeks_away FLOAT NOT NULL, 
	fiscal_start INTEGER NOT NULL, 
	stewards JSON NOT NULL, work_starts VARCHAR DEFAULT '09:00' NOT NULL, work_ends VARCHAR DEFAULT '18:00' NOT NULL, joined_at DATETIME, renamed_at DATETIME, 
	CONSTRAINT pk_board PRIMARY KEY (id), 
	CONSTRAINT uq_board_team_id_channel_id UNIQUE (team_id, channel_id)
);
INSERT INTO "board" VALUES(1,'T0HARBOR01','C0OPS00001','2026-06-22 07:00:00.244674','U0MIA00000','ops','Europe/Amsterdam',0,'09:30',1.0,0.0,1,'["U0MIA00000"]','09:00','18:00',NULL,NULL);
CREATE TABLE charter (
	board_id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	content JSON NOT NULL, 
	agreed_by JSON NOT NULL, 
	agreed_at DATETIME NOT NULL, 
	CONSTRAINT pk_charter PRIMARY KEY (board_id, version), 
	CONSTRAINT fk_charter_board_id_board FOREIGN KEY(board_id) REFERENCES board (id)
);
INSERT INTO "charter" VALUES(1,1,'{"values": [{"key": "security", "emoji": "lock", "weight": 3.0, "number_one": true, "name": null, "rubric": "+3: closes a way in that an attacker could use today, or ends a kind of leak."}, {"key": "availability", "emoji": "green_heart", "weight": 3.0, "number_one": true, "name": null, "rubric": "+3: a failure that takes customers down today would pass without anyone noticing."}, {"key": "performance", "emoji": "zap", "weight": 1.0, "number_one": false, "name": null, "rubric": "+3: customers feel it: a path that most of them use becomes twice as fast."}, {"key": "scalability", "emoji": "chart_with_upwards_trend", "weight": 1.0, "number_one": false, "name": null, "rubric": "+3: removes the limit that we would reach first, with room for ten times the load."}, {"key": "cost", "emoji": "moneybag", "weight": 1.0, "number_one": false, "name": null, "rubric": "+3: takes at least a tenth off the monthly bill, and it stays off."}, {"key": "efficiency", "emoji": "gear", "weight": 1.0, "number_one": false, "name": null, "rubric": "+3: gives the team back a day or more every week that now goes into work by hand."}], "prior_people": 2.0, "moves_at": 0.5, "breadth_bonus": 0.1, "quorum": 3, "quick_impact": 1}','["U0MIA00000"]','2026-06-22 07:00:00.244674');
CREATE TABLE comment (
	project_id INTEGER NOT NULL, 
	person VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	CONSTRAINT pk_comment PRIMARY KEY (project_id, person), 
	CONSTRAINT fk_comment_project_id_project FOREIGN KEY(project_id) REFERENCES project (id)
);
INSERT INTO "comment" VALUES(6,'U0GUS00000','Nobody finds them.');
CREATE TABLE draft (
	id INTEGER NOT NULL, 
	board_id INTEGER NOT NULL, 
	base_version INTEGER NOT NULL, 
	content JSON NOT NULL, 
	reason VARCHAR NOT NULL, 
	proposed_by VARCHAR NOT NULL, 
	proposed_at DATETIME NOT NULL, 
	closed_by VARCHAR, 
	closed_at DATETIME, 
	adopted_version INTEGER, posted_at DATETIME, revision INTEGER DEFAULT 1 NOT NULL, 
	CONSTRAINT pk_draft PRIMARY KEY (id), 
	CONSTRAINT fk_draft_board_id_board FOREIGN KEY(board_id) REFERENCES board (id)
);
INSERT INTO "draft" VALUES(1,1,1,'{"values": [{"key": "security", "emoji": "lock", "weight": 3.0, "number_one": true, "name": null, "rubric": "+3: closes a way in that an attacker could use today, or ends a kind of leak."}, {"key": "availability", "emoji": "green_heart", "weight": 3.0, "number_one": true, "name": null, "rubric": "+3: a failure that takes customers down today would pass without anyone noticing."}, {"key": "performance", "emoji": "zap", "weight": 1.0, "number_one": false, "name": null, "rubric": "+3: customers feel it: a path that most of them use becomes twice as fast."}, {"key": "scalability", "emoji": "chart_with_upwards_trend", "weight": 1.0, "number_one": false, "name": null, "rubric": "+3: removes the limit that we would reach first, with room for ten times the load."}, {"key": "cost", "emoji": "moneybag", "weight": 1.5, "number_one": false, "name": null, "rubric": "+3: takes at least a tenth off the monthly bill, and it stays off."}, {"key": "efficiency", "emoji": "gear", "weight": 1.0, "number_one": false, "name": null, "rubric": "+3: gives the team back a day or more every week that now goes into work by hand."}], "prior_people": 2.0, "moves_at": 0.5, "breadth_bonus": 0.1, "quorum": 3, "quick_impact": 1}','The bill has doubled in a year.','U0MIA00000','2026-08-03 08:05:00.176675',NULL,NULL,NULL,'2026-08-03 08:05:00.233172',3);
CREATE TABLE fire (
	id INTEGER NOT NULL, 
	board_id INTEGER NOT NULL, 
	value VARCHAR NOT NULL, 
	what VARCHAR NOT NULL, 
	declared_by VARCHAR NOT NULL, 
	declared_at DATETIME NOT NULL, 
	cleared_by VARCHAR, 
	cleared_at DATETIME, 
	CONSTRAINT pk_fire PRIMARY KEY (id), 
	CONSTRAINT fk_fire_board_id_board FOREIGN KEY(board_id) REFERENCES board (id)
);
INSERT INTO "fire" VALUES(1,1,'cost','the bill has doubled','U0GUS00000','2026-07-13 08:05:00.156241','U0GUS00000','2026-07-14 08:05:00.398140');
INSERT INTO "fire" VALUES(2,1,'availability','two failovers','U0BEN00000','2026-07-20 08:05:00.026061',NULL,NULL);
INSERT INTO "fire" VALUES(3,1,'security','a token leaked','U0FATIMA00','2026-07-28 08:05:00.579591',NULL,NULL);
CREATE TABLE history (
	id INTEGER NOT NULL, 
	project_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	person VARCHAR NOT NULL, 
	what VARCHAR NOT NULL, 
	detail VARCHAR NOT NULL, 
	CONSTRAINT pk_history PRIMARY KEY (id), 
	CONSTRAINT fk_history_project_id_project FOREIGN KEY(project_id) REFERENCES project (id)
);
INSERT INTO "history" VALUES(1,1,'2026-06-22 07:01:00.063581','U0MIA00000','committed','Q2 2026');
INSERT INTO "history" VALUES(2,2,'2026-06-22 07:01:00.063581','U0MIA00000','committed','Q2 2026');
INSERT INTO "history" VALUES(3,3,'2026-06-22 07:01:00.063581','U0MIA00000','committed','Q2 2026');
INSERT INTO "history" VALUES(4,1,'2026-07-01 08:05:00.064728','U0MIA00000','committed','Q3 2026');
INSERT INTO "history" VALUES(5,2,'2026-07-01 08:05:00.064728','U0MIA00000','committed','Q3 2026');
INSERT INTO "history" VALUES(6,3,'2026-07-01 08:05:00.064728','U0MIA00000','committed','Q3 2026');
INSERT INTO "history" VALUES(7,1,'2026-07-01 08:05:00.144449','U0MIA00000','started','');
INSERT INTO "history" VALUES(8,1,'2026-07-01 08:05:00.225642','U0MIA00000','step_done','Gateways beside it');
INSERT INTO "history" VALUES(9,2,'2026-07-01 08:05:00.269084','U0ANA00000','shipped','');
INSERT INTO "history" VALUES(10,9,'2026-07-01 08:05:00.423172','U0GUS00000','took_in','#7');
INSERT INTO "history" VALUES(11,7,'2026-07-01 08:05:00.423172','U0GUS00000','merged','#9');
INSERT INTO "history" VALUES(12,8,'2026-07-01 08:05:00.511376','U0MIA00000','handed_off','It moves none of our values. → Facilities: ask in #random.');
INSERT INTO "history" VALUES(13,6,'2026-07-01 08:05:00.567531','U0GUS00000','edited','effort: 1 → 2');
INSERT INTO "history" VALUES(14,5,'2026-07-13 08:05:00.100215','U0MIA00000','taken_in','Q3 2026: the pages cost us more');
INSERT INTO "history" VALUES(15,3,'2026-07-13 08:05:00.100215','U0MIA00000','taken_out','Q3 2026: the pages cost us more');
CREATE TABLE outcome (
	project_id INTEGER NOT NULL, 
	person VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	impact INTEGER NOT NULL, 
	given_at DATETIME NOT NULL, 
	CONSTRAINT pk_outcome PRIMARY KEY (project_id, person, value), 
	CONSTRAINT fk_outcome_project_id_project FOREIGN KEY(project_id) REFERENCES project (id)
);
INSERT INTO "outcome" VALUES(2,'U0DEV00000','security',2,'2026-08-05 09:05:00.267860');
INSERT INTO "outcome" VALUES(2,'U0DEV00000','availability',0,'2026-08-05 09:05:00.267860');
INSERT INTO "outcome" VALUES(2,'U0DEV00000','performance',0,'2026-08-05 09:05:00.267860');
INSERT INTO "outcome" VALUES(2,'U0DEV00000','scalability',0,'2026-08-05 09:05:00.267860');
INSERT INTO "outcome" VALUES(2,'U0DEV00000','cost',0,'2026-08-05 09:05:00.267860');
INSERT INTO "outcome" VALUES(2,'U0DEV00000','efficiency',0,'2026-08-05 09:05:00.267860');
CREATE TABLE person (
	team_id VARCHAR NOT NULL, 
	user_id VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	time_zone VARCHAR, asked_at DATETIME, wants_nudges BOOLEAN DEFAULT 1 NOT NULL, changed_at DATETIME, 
	CONSTRAINT pk_person PRIMARY KEY (team_id, user_id)
);
INSERT INTO "person" VALUES('T0HARBOR01','U0MIA00000','member','Europe/Amsterdam','2026-11-30 01:07:51.674692',1,NULL);
INSERT INTO "person" VALUES('T0HARBOR01','U0ANA00000','member','Europe/Amsterdam',NULL,1,NULL);
INSERT INTO "person" VALUES('T0HARBOR01','U0BEN00000','member','Europe/Amsterdam',NULL,1,NULL);
INSERT INTO "person" VALUES('T0HARBOR01','U0CHLOE000','member','Europe/Amsterdam',NULL,1,NULL);
INSERT INTO "person" VALUES('T0HARBOR01','U0DEV00000','member','Europe/Amsterdam',NULL,1,NULL);
INSERT INTO "person" VALUES('T0HARBOR01','U0GUS00000','member','Europe/Amsterdam',NULL,1,NULL);
INSERT INTO "person" VALUES('T0HARBOR01','U0FATIMA00','member','Europe/Amsterdam',NULL,1,NULL);
INSERT INTO "person" VALUES('T0HARBOR01','U0ELI00000','member','Europe/Amsterdam',NULL,1,NULL);
CREATE TABLE post (
	id INTEGER NOT NULL, 
	board_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	edition INTEGER NOT NULL, 
	state VARCHAR NOT NULL, 
	attempts INTEGER NOT NULL, 
	taken_at DATETIME, 
	first_tried_at DATETIME, 
	ts VARCHAR, 
	permalink VARCHAR, 
	project_id INTEGER, 
	shown_revision INTEGER, 
	ranks JSON, person VARCHAR, shipped JSON, 
	CONSTRAINT pk_post PRIMARY KEY (id), 
	CONSTRAINT fk_post_board_id_board FOREIGN KEY(board_id) REFERENCES board (id), 
	CONSTRAINT fk_post_project_id_project FOREIGN KEY(project_id) REFERENCES project (id), 
	CONSTRAINT uq_post_board_id_kind_subject_edition UNIQUE (board_id, kind, subject, edition), 
	CONSTRAINT uq_post_board_id_ts UNIQUE (board_id, ts)
);
INSERT INTO "post" VALUES(1,1,'introduction','',1,'posted',1,'2026-06-22 07:00:00.397471','2026-06-22 07:00:00.397471','1782111600.408846',NULL,NULL,NULL,'null',NULL,'null');
INSERT INTO "post" VALUES(2,1,'card','1',1,'posted',1,'2026-06-22 07:00:00.630615','2026-06-22 07:00:00.630615','1782111600.648224','http://127.0.0.1:42549/archives/C0OPS00001/p1782111600648224',1,12,'null',NULL,'null');
INSERT INTO "post" VALUES(3,1,'card','2',1,'posted',1,'2026-06-22 07:00:00.752831','2026-06-22 07:00:00.752831','1782111600.774966','http://127.0.0.1:42549/archives/C0OPS00001/p1782111600774966',2,6,'null',NULL,'null');
INSERT INTO "post" VALUES(4,1,'card','3',1,'posted',1,'2026-06-22 07:00:00.805208','2026-06-22 07:00:00.805208','1782111600.816551','http://127.0.0.1:42549/archives/C0OPS00001/p1782111600816551',3,7,'null',NULL,'null');
INSERT INTO "post" VALUES(5,1,'card','4',1,'posted',1,'2026-06-22 07:00:00.949149','2026-06-22 07:00:00.949149','1782111600.960980','http://127.0.0.1:42549/archives/C0OPS00001/p1782111600960980',4,4,'null',NULL,'null');
INSERT INTO "post" VALUES(6,1,'card','5',1,'posted',2,'2026-06-22 07:00:06.050105','2026-06-22 07:00:06.050105','1782111606.058928','http://127.0.0.1:42549/archives/C0OPS00001/p1782111606058928',5,4,'null',NULL,'null');
INSERT INTO "post" VALUES(7,1,'card','6',1,'posted',1,'2026-06-22 07:00:06.093514','2026-06-22 07:00:06.093514','1782111606.112874','http://127.0.0.1:42549/archives/C0OPS00001/p1782111606112874',6,5,'null',NULL,'null');
INSERT INTO "post" VALUES(8,1,'card','7',1,'posted',1,'2026-06-22 07:00:06.144587','2026-06-22 07:00:06.144587','1782111606.154278','http://127.0.0.1:42549/archives/C0OPS00001/p1782111606154278',7,3,'null',NULL,'null');
INSERT INTO "post" VALUES(9,1,'card','8',1,'posted',1,'2026-06-22 07:00:06.180373','2026-06-22 07:00:06.180373','1782111606.205992','http://127.0.0.1:42549/archives/C0OPS00001/p1782111606205992',8,2,'null',NULL,'null');
INSERT INTO "post" VALUES(10,1,'card','9',1,'posted',1,'2026-06-22 07:00:06.258255','2026-06-22 07:00:06.258255','1782111606.269800','http://127.0.0.1:42549/archives/C0OPS00001/p1782111606269800',9,5,'null',NULL,'null');
INSERT INTO "post" VALUES(11,1,'dispute','5',1,'posted',2,'2026-06-22 07:00:11.923299','2026-06-22 07:00:11.923299','1782111611.931999',NULL,NULL,NULL,'null',NULL,'null');
INSERT INTO "post" VALUES(12,1,'digest','2026-W26',1,'posted',1,'2026-06-22 07:30:00.162987','2026-06-22 07:30:00.162987','1782113400.173504',NULL,NULL,NULL,'{"1": 1, "2": 2, "5": 3, "3": 4}',NULL,'[]');
INSERT INTO "post" VALUES(13,1,'retrospective','2026-04-01',1,'posted',1,'2026-06-26 07:30:00.333127','2026-06-26 07:30:00.333127','1782459000.339907',NULL,NULL,11,'null',NULL,'null');
INSERT INTO "post" VALUES(14,1,'digest','2026-W27',1,'posted',1,'2026-06-29 07:30:00.159349','2026-06-29 07:30:00.159349','1782718200.170002',NULL,NULL,NULL,'{"1": 1, "2": 2, "5": 3, "3": 4}',NULL,'[]');
INSERT INTO "post" VALUES(15,1,'roadmap','2026-07-01',1,'posted',1,'2026-07-01 07:30:00.177589','2026-07-01 07:30:00.177589','1782891000.185324',NULL,NULL,12,'null',NULL,'null');
INSERT INTO "post" VALUES(16,1,'digest','2026-W28',1,'posted',1,'2026-07-06 07:30:00.161350','2026-07-06 07:30:00.161350','1783323000.171336',NULL,NULL,NULL,'{"1": 1, "5": 2, "3": 3}',NULL,'[2]');
INSERT INTO "post" VALUES(17,1,'digest','2026-W29',1,'posted',1,'2026-07-13 07:30:00.094909','2026-07-13 07:30:00.094909','1783927800.103719',NULL,NULL,NULL,'{"1": 1, "5": 2, "3": 3}',NULL,'[]');
INSERT INTO "post" VALUES(18,1,'fire','1',1,'posted',1,'2026-07-13 08:05:00.220759','2026-07-13 08:05:00.220759','1783929900.227982',NULL,NULL,NULL,'null',NULL,'null');
INSERT INTO "post" VALUES(19,1,'nudge','U0ANA00000:2026-W29',1,'posted',1,'2026-07-14 08:05:00.135853','2026-07-14 08:05:00.135853',NULL,NULL,NULL,NULL,'null','U0ANA00000','null');
INSERT INTO "post" VALUES(20,1,'nudge','U0BEN00000:2026-W29',1,'posted',1,'2026-07-14 08:05:00.171596','2026-07-14 08:05:00.171596',NULL,NULL,NULL,NULL,'null','U0BEN00000','null');
INSERT INTO "post" VALUES(21,1,'nudge','U0CHLOE000:2026-W29',1,'posted',1,'2026-07-14 08:05:00.200443','2026-07-14 08:05:00.200443',NULL,NULL,NULL,NULL,'null','U0CHLOE000','null');
INSERT INTO "post" VALUES(22,1,'nudge','U0DEV00000:2026-W29',1,'posted',1,'2026-07-14 08:05:00.240603','2026-07-14 08:05:00.240603',NULL,NULL,NULL,NULL,'null','U0DEV00000','null');
INSERT INTO "post" VALUES(23,1,'nudge','U0ELI00000:2026-W29',1,'posted',1,'2026-07-14 08:05:00.273960','2026-07-14 08:05:00.273960',NULL,NULL,NULL,NULL,'null','U0ELI00000','null');
INSERT INTO "post" VALUES(24,1,'nudge','U0FATIMA00:2026-W29',1,'posted',1,'2026-07-14 08:05:00.302469','2026-07-14 08:05:00.302469',NULL,NULL,NULL,NULL,'null','U0FATIMA00','null');
INSERT INTO "post" VALUES(25,1,'nudge','U0GUS00000:2026-W29',1,'posted',1,'2026-07-14 08:05:00.333399','2026-07-14 08:05:00.333399',NULL,NULL,NULL,NULL,'null','U0GUS00000','null');
INSERT INTO "post" VALUES(26,1,'nudge','U0MIA00000:2026-W29',1,'posted',1,'2026-07-14 08:05:00.365008','2026-07-14 08:05:00.365008',NULL,NULL,NULL,NULL,'null','U0MIA00000','null');
INSERT INTO "post" VALUES(27,1,'fire_out','1',1,'posted',1,'2026-07-14 08:05:00.521384','2026-07-14 08:05:00.521384','1784016300.528676',NULL,NULL,NULL,'null',NULL,'null');
INSERT INTO "post" VALUES(28,1,'digest','2026-W30',1,'posted',1,'2026-07-20 07:30:00.182696','2026-07-20 07:30:00.182696','1784532600.194058',NULL,NULL,NULL,'{"1": 1, "5": 2, "3": 3}',NULL,'[]');
INSERT INTO "post" VALUES(29,1,'fire','2',1,'posted',1,'2026-07-20 08:05:00.086907','2026-07-20 08:05:00.086907','1784534700.095835',NULL,NULL,NULL,'null',NULL,'null');
INSERT INTO "post" VALUES(30,1,'digest','2026-W31',1,'posted',1,'2026-07-27 07:30:00.191491','2026-07-27 07:30:00.191491','1785137400.201883',NULL,NULL,NULL,'{"1": 1, "5": 2, "3": 3}',NULL,'[]');
INSERT INTO "post" VALUES(31,1,'old_fire','U0BEN00000:2',1,'posted',1,'2026-07-28 08:05:00.245940','2026-07-28 08:05:00.245940',NULL,NULL,NULL,NULL,'null','U0BEN00000','null');
INSERT INTO "post" VALUES(32,1,'nudge','U0ANA00000:2026-W31',1,'posted',1,'2026-07-28 08:05:00.282795','2026-07-28 08:05:00.282795',NULL,NULL,NULL,NULL,'null','U0ANA00000','null');
INSERT INTO "post" VALUES(33,1,'nudge','U0BEN00000:2026-W31',1,'posted',1,'2026-07-28 08:05:00.321482','2026-07-28 08:05:00.321482',NULL,NULL,NULL,NULL,'null','U0BEN00000','null');
INSERT INTO "post" VALUES(34,1,'nudge','U0CHLOE000:2026-W31',1,'posted',1,'2026-07-28 08:05:00.359349','2026-07-28 08:05:00.359349',NULL,NULL,NULL,NULL,'null','U0CHLOE000','null');
INSERT INTO "post" VALUES(35,1,'nudge','U0DEV00000:2026-W31',1,'posted',1,'2026-07-28 08:05:00.395417','2026-07-28 08:05:00.395417',NULL,NULL,NULL,NULL,'null','U0DEV00000','null');
INSERT INTO "post" VALUES(36,1,'nudge','U0ELI00000:2026-W31',1,'posted',1,'2026-07-28 08:05:00.432138','2026-07-28 08:05:00.432138',NULL,NULL,NULL,NULL,'null','U0ELI00000','null');
INSERT INTO "post" VALUES(37,1,'nudge','U0FATIMA00:2026-W31',1,'posted',1,'2026-07-28 08:05:00.471524','2026-07-28 08:05:00.471524',NULL,NULL,NULL,NULL,'null','U0FATIMA00','null');
INSERT INTO "post" VALUES(38,1,'nudge','U0GUS00000:2026-W31',1,'posted',1,'2026-07-28 08:05:00.508443','2026-07-28 08:05:00.508443',NULL,NULL,NULL,NULL,'null','U0GUS00000','null');
INSERT INTO "post" VALUES(39,1,'nudge','U0MIA00000:2026-W31',1,'posted',1,'2026-07-28 08:05:00.546953','2026-07-28 08:05:00.546953',NULL,NULL,NULL,NULL,'null','U0MIA00000','null');
INSERT INTO "post" VALUES(40,1,'fire','3',1,'posted',1,'2026-07-28 08:05:00.686203','2026-07-28 08:05:00.686203','1785225900.706159',NULL,NULL,NULL,'null',NULL,'null');
INSERT INTO "post" VALUES(41,1,'digest','2026-W32',1,'posted',1,'2026-08-03 07:30:00.132020','2026-08-03 07:30:00.132020','1785742200.141338',NULL,NULL,NULL,'{"1": 1, "5": 2, "3": 3}',NULL,'[]');
INSERT INTO "post" VALUES(42,1,'payback','2:30:2026-07-01',1,'posted',1,'2026-08-03 07:30:00.164144','2026-08-03 07:30:00.164144','1785742200.170624',NULL,2,NULL,'null',NULL,'null');
INSERT INTO "post" VALUES(43,1,'outcome','U0ANA00000:2:2026-07-01',1,'posted',1,'2026-08-03 07:30:00.191576','2026-08-03 07:30:00.191576',NULL,NULL,2,NULL,'null','U0ANA00000','null');
INSERT INTO "post" VALUES(44,1,'outcome','U0DEV00000:2:2026-07-01',1,'posted',1,'2026-08-03 07:30:00.219624','2026-08-03 07:30:00.219624',NULL,NULL,2,NULL,'null','U0DEV00000','null');
INSERT INTO "post" VALUES(45,1,'outcome','U0MIA00000:2:2026-07-01',1,'posted',1,'2026-08-03 07:30:00.248115','2026-08-03 07:30:00.248115',NULL,NULL,2,NULL,'null','U0MIA00000','null');
INSERT INTO "post" VALUES(46,1,'draft','1',1,'posted',1,'2026-08-03 08:05:00.365309','2026-08-03 08:05:00.365309','1785744300.388965','http://127.0.0.1:42549/archives/C0OPS00001/p1785744300388965',NULL,3,'null',NULL,'null');
INSERT INTO "post" VALUES(47,1,'old_fire','U0FATIMA00:3',1,'posted',1,'2026-08-05 09:05:00.195091','2026-08-05 09:05:00.195091',NULL,NULL,NULL,NULL,'null','U0FATIMA00','null');
CREATE TABLE project (
	id INTEGER NOT NULL, 
	board_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	origin VARCHAR NOT NULL, 
	proposer VARCHAR NOT NULL, 
	proposed_at DATETIME NOT NULL, 
	proposal JSON NOT NULL, 
	revision INTEGER NOT NULL, status VARCHAR DEFAULT 'open' NOT NULL, status_reason VARCHAR DEFAULT '' NOT NULL, status_by VARCHAR, status_at DATETIME, merged_into INTEGER REFERENCES project (id), steps_done JSON DEFAULT '[]' NOT NULL, handed_to VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT pk_project PRIMARY KEY (id), 
	CONSTRAINT fk_project_board_id_board FOREIGN KEY(board_id) REFERENCES board (id), 
	CONSTRAINT uq_project_board_id_number UNIQUE (board_id, number), 
	CONSTRAINT uq_project_board_id_origin UNIQUE (board_id, origin)
);
INSERT INTO "project" VALUES(1,1,1,'V0XNAAKF9IR','U0MIA00000','2026-06-22 07:00:00.522721','{"title": "Retire the last NAT box", "summary": "It pages us, it costs us, and nobody remembers why it is there.", "effort_weeks": 4.0, "steps": ["Gateways beside it", "Move the batch VPC", "Switch it off"], "toil_source": "nat-1", "toil_per_month": 9, "software_added": "", "software_removed": "the NAT instance"}',12,'started','','U0MIA00000','2026-07-01 08:05:00.144449',NULL,'["Gateways beside it"]','');
INSERT INTO "project" VALUES(2,1,2,'V00SJJ4U3SS','U0ANA00000','2026-06-22 07:00:00.625337','{"title": "Rotate every long-lived key", "summary": "It pages us, it costs us, and nobody remembers why it is there.", "effort_weeks": 3.0, "steps": [], "toil_source": "stale-keys", "toil_per_month": 4, "software_added": "", "software_removed": ""}',6,'shipped','','U0ANA00000','2026-07-01 08:05:00.269084',NULL,'[]','');
INSERT INTO "project" VALUES(3,1,3,'V020WASQQ05','U0BEN00000','2026-06-22 07:00:00.702691','{"title": "Right-size the worker fleet", "summary": "It pages us, it costs us, and nobody remembers why it is there.", "effort_weeks": 2.0, "steps": [], "toil_source": "", "toil_per_month": null, "software_added": "a scaler", "software_removed": ""}',7,'open','',NULL,NULL,NULL,'[]','');
INSERT INTO "project" VALUES(4,1,4,'V0HN2I093H1','U0CHLOE000','2026-06-22 07:00:00.791687','{"title": "Turn off TLS between services", "summary": "It pages us, it costs us, and nobody remembers why it is there.", "effort_weeks": 1.0, "steps": [], "toil_source": "", "toil_per_month": null, "software_added": "", "software_removed": ""}',4,'open','',NULL,NULL,NULL,'[]','');
INSERT INTO "project" VALUES(5,1,5,'V04S6JDTSFQ','U0DEV00000','2026-06-22 07:00:00.875103','{"title": "Page on symptoms, not on machines", "summary": "It pages us, it costs us, and nobody remembers why it is there.", "effort_weeks": 8.0, "steps": ["List the pages", "Write the symptoms"], "toil_source": "", "toil_per_month": null, "software_added": "", "software_removed": ""}',4,'open','',NULL,NULL,NULL,'[]','');
INSERT INTO "project" VALUES(6,1,6,'V0BU8Z90JCM','U0GUS00000','2026-06-22 07:00:00.957310','{"title": "Rename the build jobs", "summary": "It pages us, it costs us, and nobody remembers why it is there.", "effort_weeks": 2.0, "steps": [], "toil_source": "", "toil_per_month": null, "software_added": "", "software_removed": ""}',5,'open','',NULL,NULL,NULL,'[]','');
INSERT INTO "project" VALUES(7,1,7,'V0762CDC8ZP','U0GUS00000','2026-06-22 07:00:01.047749','{"title": "Mirror the package registry", "summary": "It pages us, it costs us, and nobody remembers why it is there.", "effort_weeks": 1.0, "steps": [], "toil_source": "", "toil_per_month": null, "software_added": "", "software_removed": ""}',3,'merged','','U0GUS00000','2026-07-01 08:05:00.423172',9,'[]','');
INSERT INTO "project" VALUES(8,1,8,'V0QJKZVYZ0J','U0DEV00000','2026-06-22 07:00:01.092186','{"title": "Paint the racks", "summary": "It pages us, it costs us, and nobody remembers why it is there.", "effort_weeks": 1.0, "steps": [], "toil_source": "", "toil_per_month": null, "software_added": "", "software_removed": ""}',2,'handed_off','It moves none of our values.','U0MIA00000','2026-07-01 08:05:00.511376',NULL,'[]','Facilities: ask in #random.');
INSERT INTO "project" VALUES(9,1,9,'V060FTQNDC5','U0FATIMA00','2026-06-22 07:00:01.159511','{"title": "Cache dependency downloads", "summary": "It pages us, it costs us, and nobody remembers why it is there.", "effort_weeks": 2.0, "steps": [], "toil_source": "", "toil_per_month": null, "software_added": "", "software_removed": ""}',5,'open','',NULL,NULL,NULL,'[]','');
CREATE TABLE reaction (
	board_id INTEGER NOT NULL, 
	message_ts VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	emoji VARCHAR NOT NULL, 
	present BOOLEAN NOT NULL, 
	event_ts BIGINT NOT NULL, 
	CONSTRAINT pk_reaction PRIMARY KEY (board_id, message_ts, person, emoji), 
	CONSTRAINT fk_reaction_board_id_board FOREIGN KEY(board_id) REFERENCES board (id)
);
INSERT INTO "reaction" VALUES(1,'1782111600.648224','U0ANA00000','+1',1,1782111601576290);
INSERT INTO "reaction" VALUES(1,'1782111600.648224','U0ELI00000','+1',1,1782111601591458);
INSERT INTO "reaction" VALUES(1,'1782111600.648224','U0CHLOE000','+1::skin-tone-3',1,1782111601603763);
INSERT INTO "reaction" VALUES(1,'1782111600.648224','U0ELI00000','green_heart',1,1782111601618743);
INSERT INTO "reaction" VALUES(1,'1782111600.648224','U0GUS00000','green_heart',1,1782111601627273);
INSERT INTO "reaction" VALUES(1,'1782111600.774966','U0BEN00000','+1',1,1782111602342084);
INSERT INTO "reaction" VALUES(1,'1782111600.816551','U0ELI00000','moneybag',1,1782111602885660);
INSERT INTO "reaction" VALUES(1,'1782111600.816551','U0GUS00000','+1',1,1782111602890302);
INSERT INTO "reaction" VALUES(1,'1782111600.816551','U0DEV00000','+1',1,1782111602897110);
INSERT INTO "reaction" VALUES(1,'1782111606.112874','U0FATIMA00','gear',1,1782111607003361);
INSERT INTO "reaction" VALUES(1,'1782111606.154278','U0DEV00000','+1',1,1782111607307174);
INSERT INTO "reaction" VALUES(1,'1782111606.269800','U0BEN00000','gear',1,1782111607956191);
CREATE TABLE roadmap (
	id INTEGER NOT NULL, 
	board_id INTEGER NOT NULL, 
	quarter VARCHAR NOT NULL, 
	charter_version INTEGER NOT NULL, 
	capacity JSON NOT NULL, 
	committed_by VARCHAR NOT NULL, 
	committed_at DATETIME NOT NULL, 
	CONSTRAINT pk_roadmap PRIMARY KEY (id), 
	CONSTRAINT fk_roadmap_board_id_board FOREIGN KEY(board_id) REFERENCES board (id), 
	CONSTRAINT uq_roadmap_board_id_quarter UNIQUE (board_id, quarter)
);
INSERT INTO "roadmap" VALUES(1,1,'2026-04-01',1,'{"people": 1.0, "weeks": 13, "weeks_away": 0.0, "planned_share": 0.82, "carried_over": 0}','U0MIA00000','2026-06-22 07:01:00.063581');
INSERT INTO "roadmap" VALUES(2,1,'2026-07-01',1,'{"people": 1.0, "weeks": 13, "weeks_away": 0.0, "planned_share": 0.82, "carried_over": 9.0}','U0MIA00000','2026-07-01 08:05:00.064728');
CREATE TABLE roadmap_change (
	id INTEGER NOT NULL, 
	roadmap_id INTEGER NOT NULL, 
	project_id INTEGER NOT NULL, 
	taken_in BOOLEAN NOT NULL, 
	reason VARCHAR NOT NULL, 
	"by" VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_roadmap_change PRIMARY KEY (id), 
	CONSTRAINT fk_roadmap_change_project_id_project FOREIGN KEY(project_id) REFERENCES project (id), 
	CONSTRAINT fk_roadmap_change_roadmap_id_roadmap FOREIGN KEY(roadmap_id) REFERENCES roadmap (id)
);
INSERT INTO "roadmap_change" VALUES(1,2,5,1,'the pages cost us more','U0MIA00000','2026-07-13 08:05:00.100215');
INSERT INTO "roadmap_change" VALUES(2,2,3,0,'the pages cost us more','U0MIA00000','2026-07-13 08:05:00.100215');
CREATE TABLE roadmap_item (
	roadmap_id INTEGER NOT NULL, 
	project_id INTEGER NOT NULL, 
	rank INTEGER NOT NULL, 
	needle FLOAT NOT NULL, 
	effort_weeks FLOAT NOT NULL, 
	impact JSON NOT NULL, 
	carried_over BOOLEAN NOT NULL, 
	CONSTRAINT pk_roadmap_item PRIMARY KEY (roadmap_id, project_id), 
	CONSTRAINT fk_roadmap_item_project_id_project FOREIGN KEY(project_id) REFERENCES project (id), 
	CONSTRAINT fk_roadmap_item_roadmap_id_roadmap FOREIGN KEY(roadmap_id) REFERENCES roadmap (id)
);
INSERT INTO "roadmap_item" VALUES(1,1,1,1.26349206349206362172e+01,4.0,'{"security": 0.2, "availability": 1.4285714285714286, "performance": 0.0, "scalability": 0.4, "cost": 0.2, "efficiency": 0.2}',0);
INSERT INTO "roadmap_item" VALUES(1,2,2,1.02222222222222232086e+01,3.0,'{"security": 1.6, "availability": 0.0, "performance": 0.0, "scalability": 0.0, "cost": 0.0, "efficiency": -0.2}',0);
INSERT INTO "roadmap_item" VALUES(1,3,4,2.96296296296296235439e+00,2.0,'{"security": 0.0, "availability": 0.0, "performance": -0.2, "scalability": 0.0, "cost": 1.3333333333333333, "efficiency": 0.2}',0);
INSERT INTO "roadmap_item" VALUES(2,1,1,1.26349206349206362172e+01,4.0,'{"security": 0.2, "availability": 1.4285714285714286, "performance": 0.0, "scalability": 0.4, "cost": 0.2, "efficiency": 0.2}',1);
INSERT INTO "roadmap_item" VALUES(2,2,2,1.02222222222222232086e+01,3.0,'{"security": 1.6, "availability": 0.0, "performance": 0.0, "scalability": 0.0, "cost": 0.0, "efficiency": -0.2}',1);
INSERT INTO "roadmap_item" VALUES(2,3,4,2.96296296296296235439e+00,2.0,'{"security": 0.0, "availability": 0.0, "performance": -0.2, "scalability": 0.0, "cost": 1.3333333333333333, "efficiency": 0.2}',1);
CREATE TABLE score (
	project_id INTEGER NOT NULL, 
	person VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	impact INTEGER NOT NULL, 
	given_at DATETIME NOT NULL, 
	CONSTRAINT pk_score PRIMARY KEY (project_id, person, value), 
	CONSTRAINT fk_score_project_id_project FOREIGN KEY(project_id) REFERENCES project (id)
);
INSERT INTO "score" VALUES(1,'U0MIA00000','security',1,'2026-06-22 07:00:01.293192');
INSERT INTO "score" VALUES(1,'U0MIA00000','availability',3,'2026-06-22 07:00:01.293192');
INSERT INTO "score" VALUES(1,'U0MIA00000','performance',0,'2026-06-22 07:00:01.293192');
INSERT INTO "score" VALUES(1,'U0MIA00000','scalability',0,'2026-06-22 07:00:01.293192');
INSERT INTO "score" VALUES(1,'U0MIA00000','cost',1,'2026-06-22 07:00:01.293192');
INSERT INTO "score" VALUES(1,'U0MIA00000','efficiency',0,'2026-06-22 07:00:01.293192');
INSERT INTO "score" VALUES(1,'U0ANA00000','security',0,'2026-06-22 07:00:01.401599');
INSERT INTO "score" VALUES(1,'U0ANA00000','availability',3,'2026-06-22 07:00:01.401599');
INSERT INTO "score" VALUES(1,'U0ANA00000','performance',0,'2026-06-22 07:00:01.401599');
INSERT INTO "score" VALUES(1,'U0ANA00000','scalability',2,'2026-06-22 07:00:01.401599');
INSERT INTO "score" VALUES(1,'U0ANA00000','cost',0,'2026-06-22 07:00:01.401599');
INSERT INTO "score" VALUES(1,'U0ANA00000','efficiency',0,'2026-06-22 07:00:01.401599');
INSERT INTO "score" VALUES(1,'U0BEN00000','security',0,'2026-06-22 07:00:01.517809');
INSERT INTO "score" VALUES(1,'U0BEN00000','availability',2,'2026-06-22 07:00:01.517809');
INSERT INTO "score" VALUES(1,'U0BEN00000','performance',0,'2026-06-22 07:00:01.517809');
INSERT INTO "score" VALUES(1,'U0BEN00000','scalability',0,'2026-06-22 07:00:01.517809');
INSERT INTO "score" VALUES(1,'U0BEN00000','cost',0,'2026-06-22 07:00:01.517809');
INSERT INTO "score" VALUES(1,'U0BEN00000','efficiency',1,'2026-06-22 07:00:01.517809');
INSERT INTO "score" VALUES(2,'U0MIA00000','security',3,'2026-06-22 07:00:02.026755');
INSERT INTO "score" VALUES(2,'U0MIA00000','availability',0,'2026-06-22 07:00:02.026755');
INSERT INTO "score" VALUES(2,'U0MIA00000','performance',0,'2026-06-22 07:00:02.026755');
INSERT INTO "score" VALUES(2,'U0MIA00000','scalability',0,'2026-06-22 07:00:02.026755');
INSERT INTO "score" VALUES(2,'U0MIA00000','cost',0,'2026-06-22 07:00:02.026755');
INSERT INTO "score" VALUES(2,'U0MIA00000','efficiency',0,'2026-06-22 07:00:02.026755');
INSERT INTO "score" VALUES(2,'U0ANA00000','security',3,'2026-06-22 07:00:02.139879');
INSERT INTO "score" VALUES(2,'U0ANA00000','availability',0,'2026-06-22 07:00:02.139879');
INSERT INTO "score" VALUES(2,'U0ANA00000','performance',0,'2026-06-22 07:00:02.139879');
INSERT INTO "score" VALUES(2,'U0ANA00000','scalability',0,'2026-06-22 07:00:02.139879');
INSERT INTO "score" VALUES(2,'U0ANA00000','cost',0,'2026-06-22 07:00:02.139879');
INSERT INTO "score" VALUES(2,'U0ANA00000','efficiency',-1,'2026-06-22 07:00:02.139879');
INSERT INTO "score" VALUES(2,'U0DEV00000','security',2,'2026-06-22 07:00:02.284646');
INSERT INTO "score" VALUES(2,'U0DEV00000','availability',0,'2026-06-22 07:00:02.284646');
INSERT INTO "score" VALUES(2,'U0DEV00000','performance',0,'2026-06-22 07:00:02.284646');
INSERT INTO "score" VALUES(2,'U0DEV00000','scalability',0,'2026-06-22 07:00:02.284646');
INSERT INTO "score" VALUES(2,'U0DEV00000','cost',0,'2026-06-22 07:00:02.284646');
INSERT INTO "score" VALUES(2,'U0DEV00000','efficiency',0,'2026-06-22 07:00:02.284646');
INSERT INTO "score" VALUES(3,'U0MIA00000','security',0,'2026-06-22 07:00:02.601848');
INSERT INTO "score" VALUES(3,'U0MIA00000','availability',0,'2026-06-22 07:00:02.601848');
INSERT INTO "score" VALUES(3,'U0MIA00000','performance',0,'2026-06-22 07:00:02.601848');
INSERT INTO "score" VALUES(3,'U0MIA00000','scalability',0,'2026-06-22 07:00:02.601848');
INSERT INTO "score" VALUES(3,'U0MIA00000','cost',3,'2026-06-22 07:00:02.601848');
INSERT INTO "score" VALUES(3,'U0MIA00000','efficiency',0,'2026-06-22 07:00:02.601848');
INSERT INTO "score" VALUES(3,'U0BEN00000','security',0,'2026-06-22 07:00:02.718931');
INSERT INTO "score" VALUES(3,'U0BEN00000','availability',0,'2026-06-22 07:00:02.718931');
INSERT INTO "score" VALUES(3,'U0BEN00000','performance',-1,'2026-06-22 07:00:02.718931');
INSERT INTO "score" VALUES(3,'U0BEN00000','scalability',0,'2026-06-22 07:00:02.718931');
INSERT INTO "score" VALUES(3,'U0BEN00000','cost',2,'2026-06-22 07:00:02.718931');
INSERT INTO "score" VALUES(3,'U0BEN00000','efficiency',0,'2026-06-22 07:00:02.718931');
INSERT INTO "score" VALUES(3,'U0GUS00000','security',0,'2026-06-22 07:00:02.834265');
INSERT INTO "score" VALUES(3,'U0GUS00000','availability',0,'2026-06-22 07:00:02.834265');
INSERT INTO "score" VALUES(3,'U0GUS00000','performance',0,'2026-06-22 07:00:02.834265');
INSERT INTO "score" VALUES(3,'U0GUS00000','scalability',0,'2026-06-22 07:00:02.834265');
INSERT INTO "score" VALUES(3,'U0GUS00000','cost',2,'2026-06-22 07:00:02.834265');
INSERT INTO "score" VALUES(3,'U0GUS00000','efficiency',1,'2026-06-22 07:00:02.834265');
INSERT INTO "score" VALUES(4,'U0MIA00000','security',-3,'2026-06-22 07:00:03.196771');
INSERT INTO "score" VALUES(4,'U0MIA00000','availability',0,'2026-06-22 07:00:03.196771');
INSERT INTO "score" VALUES(4,'U0MIA00000','performance',1,'2026-06-22 07:00:03.196771');
INSERT INTO "score" VALUES(4,'U0MIA00000','scalability',0,'2026-06-22 07:00:03.196771');
INSERT INTO "score" VALUES(4,'U0MIA00000','cost',0,'2026-06-22 07:00:03.196771');
INSERT INTO "score" VALUES(4,'U0MIA00000','efficiency',0,'2026-06-22 07:00:03.196771');
INSERT INTO "score" VALUES(4,'U0ANA00000','security',-3,'2026-06-22 07:00:03.324040');
INSERT INTO "score" VALUES(4,'U0ANA00000','availability',0,'2026-06-22 07:00:03.324040');
INSERT INTO "score" VALUES(4,'U0ANA00000','performance',2,'2026-06-22 07:00:03.324040');
INSERT INTO "score" VALUES(4,'U0ANA00000','scalability',0,'2026-06-22 07:00:03.324040');
INSERT INTO "score" VALUES(4,'U0ANA00000','cost',0,'2026-06-22 07:00:03.324040');
INSERT INTO "score" VALUES(4,'U0ANA00000','efficiency',0,'2026-06-22 07:00:03.324040');
INSERT INTO "score" VALUES(4,'U0BEN00000','security',-2,'2026-06-22 07:00:03.444098');
INSERT INTO "score" VALUES(4,'U0BEN00000','availability',0,'2026-06-22 07:00:03.444098');
INSERT INTO "score" VALUES(4,'U0BEN00000','performance',2,'2026-06-22 07:00:03.444098');
INSERT INTO "score" VALUES(4,'U0BEN00000','scalability',0,'2026-06-22 07:00:03.444098');
INSERT INTO "score" VALUES(4,'U0BEN00000','cost',0,'2026-06-22 07:00:03.444098');
INSERT INTO "score" VALUES(4,'U0BEN00000','efficiency',0,'2026-06-22 07:00:03.444098');
INSERT INTO "score" VALUES(5,'U0MIA00000','security',0,'2026-06-22 07:00:06.192797');
INSERT INTO "score" VALUES(5,'U0MIA00000','availability',3,'2026-06-22 07:00:06.192797');
INSERT INTO "score" VALUES(5,'U0MIA00000','performance',0,'2026-06-22 07:00:06.192797');
INSERT INTO "score" VALUES(5,'U0MIA00000','scalability',0,'2026-06-22 07:00:06.192797');
INSERT INTO "score" VALUES(5,'U0MIA00000','cost',0,'2026-06-22 07:00:06.192797');
INSERT INTO "score" VALUES(5,'U0MIA00000','efficiency',2,'2026-06-22 07:00:06.192797');
INSERT INTO "score" VALUES(5,'U0DEV00000','security',0,'2026-06-22 07:00:06.304379');
INSERT INTO "score" VALUES(5,'U0DEV00000','availability',3,'2026-06-22 07:00:06.304379');
INSERT INTO "score" VALUES(5,'U0DEV00000','performance',0,'2026-06-22 07:00:06.304379');
INSERT INTO "score" VALUES(5,'U0DEV00000','scalability',0,'2026-06-22 07:00:06.304379');
INSERT INTO "score" VALUES(5,'U0DEV00000','cost',0,'2026-06-22 07:00:06.304379');
INSERT INTO "score" VALUES(5,'U0DEV00000','efficiency',3,'2026-06-22 07:00:06.304379');
INSERT INTO "score" VALUES(5,'U0ELI00000','security',0,'2026-06-22 07:00:06.453422');
INSERT INTO "score" VALUES(5,'U0ELI00000','availability',-3,'2026-06-22 07:00:06.453422');
INSERT INTO "score" VALUES(5,'U0ELI00000','performance',0,'2026-06-22 07:00:06.453422');
INSERT INTO "score" VALUES(5,'U0ELI00000','scalability',0,'2026-06-22 07:00:06.453422');
INSERT INTO "score" VALUES(5,'U0ELI00000','cost',0,'2026-06-22 07:00:06.453422');
INSERT INTO "score" VALUES(5,'U0ELI00000','efficiency',1,'2026-06-22 07:00:06.453422');
INSERT INTO "score" VALUES(6,'U0GUS00000','security',0,'2026-06-22 07:01:00.165567');
INSERT INTO "score" VALUES(6,'U0GUS00000','availability',0,'2026-06-22 07:01:00.165567');
INSERT INTO "score" VALUES(6,'U0GUS00000','performance',0,'2026-06-22 07:01:00.165567');
INSERT INTO "score" VALUES(6,'U0GUS00000','scalability',0,'2026-06-22 07:01:00.165567');
INSERT INTO "score" VALUES(6,'U0GUS00000','cost',0,'2026-06-22 07:01:00.165567');
INSERT INTO "score" VALUES(6,'U0GUS00000','efficiency',1,'2026-06-22 07:01:00.165567');
INSERT INTO "score" VALUES(9,'U0ANA00000','security',0,'2026-06-22 07:00:07.796738');
INSERT INTO "score" VALUES(9,'U0ANA00000','availability',0,'2026-06-22 07:00:07.796738');
INSERT INTO "score" VALUES(9,'U0ANA00000','performance',0,'2026-06-22 07:00:07.796738');
INSERT INTO "score" VALUES(9,'U0ANA00000','scalability',0,'2026-06-22 07:00:07.796738');
INSERT INTO "score" VALUES(9,'U0ANA00000','cost',0,'2026-06-22 07:00:07.796738');
INSERT INTO "score" VALUES(9,'U0ANA00000','efficiency',2,'2026-06-22 07:00:07.796738');
INSERT INTO "score" VALUES(9,'U0FATIMA00','security',0,'2026-06-22 07:00:07.898297');
INSERT INTO "score" VALUES(9,'U0FATIMA00','availability',0,'2026-06-22 07:00:07.898297');
INSERT INTO "score" VALUES(9,'U0FATIMA00','performance',0,'2026-06-22 07:00:07.898297');
INSERT INTO "score" VALUES(9,'U0FATIMA00','scalability',0,'2026-06-22 07:00:07.898297');
INSERT INTO "score" VALUES(9,'U0FATIMA00','cost',0,'2026-06-22 07:00:07.898297');
INSERT INTO "score" VALUES(9,'U0FATIMA00','efficiency',3,'2026-06-22 07:00:07.898297');
CREATE TABLE toil (
	id INTEGER NOT NULL, 
	board_id INTEGER NOT NULL, 
	origin VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	source VARCHAR NOT NULL, 
	minutes INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	out_of_hours BOOLEAN NOT NULL, 
	note VARCHAR NOT NULL, 
	"by" VARCHAR NOT NULL, 
	CONSTRAINT pk_toil PRIMARY KEY (id), 
	CONSTRAINT fk_toil_board_id_board FOREIGN KEY(board_id) REFERENCES board (id), 
	CONSTRAINT uq_toil_board_id_origin UNIQUE (board_id, origin)
);
INSERT INTO "toil" VALUES(1,1,'command:411899595647.5057141474.27080d5cac512b8fd3a4545fdf56c190','page','nat-1',45,'2026-06-22 07:00:08.068893',0,'failover','U0DEV00000');
INSERT INTO "toil" VALUES(2,1,'command:674942972187.4978144016.620779b707a27a8b900376266488007c','page','nat-1',45,'2026-06-22 07:00:08.094386',0,'failover','U0DEV00000');
INSERT INTO "toil" VALUES(3,1,'command:848801099682.7702961339.b49122777bae3d69abf3f2c577e2eb5c','page','nat-1',45,'2026-06-22 07:00:08.115415',0,'failover','U0DEV00000');
INSERT INTO "toil" VALUES(4,1,'command:168465290748.7735265631.9ce0e943bc7b238cad74f8aaebaf1250','page','db-primary',30,'2026-07-28 08:05:00.615820',0,'replica lag','U0DEV00000');
INSERT INTO "toil" VALUES(5,1,'command:692586649791.172126837.24dfd78beb49fd67b3befc2866f027f4','page','db-primary',30,'2026-07-28 08:05:00.671864',0,'replica lag','U0DEV00000');
INSERT INTO "toil" VALUES(6,1,'command:716449779134.3126391280.8d65d91c6b948e638d04f2bcf736231f','page','db-primary',30,'2026-07-28 08:05:00.708340',0,'replica lag','U0DEV00000');
INSERT INTO "toil" VALUES(7,1,'command:999114681542.984720618.a69e859667787331ec436c2cf1dc8919','page','db-primary',30,'2026-07-28 08:05:00.736142',0,'replica lag','U0DEV00000');
INSERT INTO "toil" VALUES(8,1,'command:659356736853.9491993690.8bc031f571c0177c0ce1056b021d5f08','page','db-primary',30,'2026-07-28 08:05:00.756763',0,'replica lag','U0DEV00000');
INSERT INTO "toil" VALUES(9,1,'command:682559986866.8253872516.76b4273b32e62709156ca7fba4c9fc05','interrupt','certificate',50,'2026-07-28 08:05:00.777420',0,'it ran out','U0ANA00000');
CREATE INDEX ix_fire_board_id ON fire (board_id);
CREATE INDEX ix_post_project_id ON post (project_id);
CREATE INDEX ix_post_state ON post (state);
CREATE INDEX ix_draft_board_id ON draft (board_id);
CREATE INDEX ix_toil_board_id ON toil (board_id);
CREATE INDEX ix_history_project_id ON history (project_id);
CREATE INDEX ix_roadmap_change_roadmap_id ON roadmap_change (roadmap_id);
CREATE INDEX ix_project_merged_into ON project (merged_into);
CREATE UNIQUE INDEX uq_draft_open ON draft (board_id) WHERE closed_at IS NULL;
CREATE INDEX ix_score_read ON score (project_id, person, value, impact);
COMMIT;
