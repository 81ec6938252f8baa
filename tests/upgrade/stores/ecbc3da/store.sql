BEGIN TRANSACTION;
CREATE TABLE act (
	trigger_id VARCHAR NOT NULL, 
	taken_at DATETIME NOT NULL, 
	CONSTRAINT pk_act PRIMARY KEY (trigger_id)
);
INSERT INTO "act" VALUES('173084378337.877431628.82da8e340e4c5ecc2db9ebf8cfebcae7','2026-08-05 09:05:00.214023');
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
INSERT INTO "answer" VALUES(1,'U0ANA00000',1,'2026-08-03 08:05:00.356909');
INSERT INTO "answer" VALUES(1,'U0BEN00000',0,'2026-08-03 08:05:00.411257');
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
INSERT INTO "board" VALUES(1,'T0HARBOR01','C0OPS00001','2026-06-22 07:00:00.424231','U0MIA00000','ops','Europe/Amsterdam',0,'09:30',1.0,0.0,1,'["U0MIA00000"]','09:00','18:00',NULL,NULL);
CREATE TABLE charter (
	board_id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	content JSON NOT NULL, 
	agreed_by JSON NOT NULL, 
	agreed_at DATETIME NOT NULL, 
	CONSTRAINT pk_charter PRIMARY KEY (board_id, version), 
	CONSTRAINT fk_charter_board_id_board FOREIGN KEY(board_id) REFERENCES board (id)
);
INSERT INTO "charter" VALUES(1,1,'{"values": [{"key": "security", "emoji": "lock", "weight": 3.0, "number_one": true, "name": null, "rubric": "+3: closes a way in that an attacker could use today, or ends a kind of leak."}, {"key": "availability", "emoji": "green_heart", "weight": 3.0, "number_one": true, "name": null, "rubric": "+3: a failure that takes customers down today would pass without anyone noticing."}, {"key": "performance", "emoji": "zap", "weight": 1.0, "number_one": false, "name": null, "rubric": "+3: customers feel it: a path that most of them use becomes twice as fast."}, {"key": "scalability", "emoji": "chart_with_upwards_trend", "weight": 1.0, "number_one": false, "name": null, "rubric": "+3: removes the limit that we would reach first, with room for ten times the load."}, {"key": "cost", "emoji": "moneybag", "weight": 1.0, "number_one": false, "name": null, "rubric": "+3: takes at least a tenth off the monthly bill, and it stays off."}, {"key": "efficiency", "emoji": "gear", "weight": 1.0, "number_one": false, "name": null, "rubric": "+3: gives the team back a day or more every week that now goes into work by hand."}], "prior_people": 2.0, "moves_at": 0.5, "breadth_bonus": 0.1, "quorum": 3, "quick_impact": 1}','["U0MIA00000"]','2026-06-22 07:00:00.424231');
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
INSERT INTO "draft" VALUES(1,1,1,'{"values": [{"key": "security", "emoji": "lock", "weight": 3.0, "number_one": true, "name": null, "rubric": "+3: closes a way in that an attacker could use today, or ends a kind of leak."}, {"key": "availability", "emoji": "green_heart", "weight": 3.0, "number_one": true, "name": null, "rubric": "+3: a failure that takes customers down today would pass without anyone noticing."}, {"key": "performance", "emoji": "zap", "weight": 1.0, "number_one": false, "name": null, "rubric": "+3: customers feel it: a path that most of them use becomes twice as fast."}, {"key": "scalability", "emoji": "chart_with_upwards_trend", "weight": 1.0, "number_one": false, "name": null, "rubric": "+3: removes the limit that we would reach first, with room for ten times the load."}, {"key": "cost", "emoji": "moneybag", "weight": 1.5, "number_one": false, "name": null, "rubric": "+3: takes at least a tenth off the monthly bill, and it stays off."}, {"key": "efficiency", "emoji": "gear", "weight": 1.0, "number_one": false, "name": null, "rubric": "+3: gives the team back a day or more every week that now goes into work by hand."}], "prior_people": 2.0, "moves_at": 0.5, "breadth_bonus": 0.1, "quorum": 3, "quick_impact": 1}','The bill has doubled in a year.','U0MIA00000','2026-08-03 08:05:00.126583',NULL,NULL,NULL,'2026-08-03 08:05:00.162614',3);
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
INSERT INTO "fire" VALUES(1,1,'cost','the bill has doubled','U0GUS00000','2026-07-13 08:05:00.200164','U0GUS00000','2026-07-14 08:05:00.450051');
INSERT INTO "fire" VALUES(2,1,'availability','two failovers','U0BEN00000','2026-07-20 08:05:00.021453',NULL,NULL);
INSERT INTO "fire" VALUES(3,1,'security','a token leaked','U0FATIMA00','2026-07-28 08:05:00.532009',NULL,NULL);
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
INSERT INTO "history" VALUES(1,1,'2026-06-22 07:01:00.053309','U0MIA00000','committed','Q2 2026');
INSERT INTO "history" VALUES(2,2,'2026-06-22 07:01:00.053309','U0MIA00000','committed','Q2 2026');
INSERT INTO "history" VALUES(3,3,'2026-06-22 07:01:00.053309','U0MIA00000','committed','Q2 2026');
INSERT INTO "history" VALUES(4,1,'2026-07-01 08:05:00.094805','U0MIA00000','committed','Q3 2026');
INSERT INTO "history" VALUES(5,2,'2026-07-01 08:05:00.094805','U0MIA00000','committed','Q3 2026');
INSERT INTO "history" VALUES(6,3,'2026-07-01 08:05:00.094805','U0MIA00000','committed','Q3 2026');
INSERT INTO "history" VALUES(7,1,'2026-07-01 08:05:00.207260','U0MIA00000','started','');
INSERT INTO "history" VALUES(8,1,'2026-07-01 08:05:00.315405','U0MIA00000','step_done','Gateways beside it');
INSERT INTO "history" VALUES(9,2,'2026-07-01 08:05:00.420864','U0ANA00000','shipped','');
INSERT INTO "history" VALUES(10,9,'2026-07-01 08:05:00.562907','U0GUS00000','took_in','#7');
INSERT INTO "history" VALUES(11,7,'2026-07-01 08:05:00.562907','U0GUS00000','merged','#9');
INSERT INTO "history" VALUES(12,8,'2026-07-01 08:05:00.707150','U0MIA00000','handed_off','It moves none of our values. → Facilities: ask in #random.');
INSERT INTO "history" VALUES(13,6,'2026-07-01 08:05:00.779960','U0GUS00000','edited','effort: 1 → 2');
INSERT INTO "history" VALUES(14,5,'2026-07-13 08:05:00.112632','U0MIA00000','taken_in','Q3 2026: the pages cost us more');
INSERT INTO "history" VALUES(15,3,'2026-07-13 08:05:00.112632','U0MIA00000','taken_out','Q3 2026: the pages cost us more');
CREATE TABLE outcome (
	project_id INTEGER NOT NULL, 
	person VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	impact INTEGER NOT NULL, 
	given_at DATETIME NOT NULL, 
	CONSTRAINT pk_outcome PRIMARY KEY (project_id, person, value), 
	CONSTRAINT fk_outcome_project_id_project FOREIGN KEY(project_id) REFERENCES project (id)
);
INSERT INTO "outcome" VALUES(2,'U0DEV00000','security',2,'2026-08-05 09:05:00.214023');
INSERT INTO "outcome" VALUES(2,'U0DEV00000','availability',0,'2026-08-05 09:05:00.214023');
INSERT INTO "outcome" VALUES(2,'U0DEV00000','performance',0,'2026-08-05 09:05:00.214023');
INSERT INTO "outcome" VALUES(2,'U0DEV00000','scalability',0,'2026-08-05 09:05:00.214023');
INSERT INTO "outcome" VALUES(2,'U0DEV00000','cost',0,'2026-08-05 09:05:00.214023');
INSERT INTO "outcome" VALUES(2,'U0DEV00000','efficiency',0,'2026-08-05 09:05:00.214023');
CREATE TABLE person (
	team_id VARCHAR NOT NULL, 
	user_id VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	time_zone VARCHAR, asked_at DATETIME, wants_nudges BOOLEAN DEFAULT 1 NOT NULL, changed_at DATETIME, 
	CONSTRAINT pk_person PRIMARY KEY (team_id, user_id)
);
INSERT INTO "person" VALUES('T0HARBOR01','U0MIA00000','member','Europe/Amsterdam','2026-11-30 04:44:17.464622',1,NULL);
INSERT INTO "person" VALUES('T0HARBOR01','U0ANA00000','member','Europe/Amsterdam','2026-11-30 04:44:17.479577',1,NULL);
INSERT INTO "person" VALUES('T0HARBOR01','U0BEN00000','member','Europe/Amsterdam','2026-11-30 04:44:17.490685',1,NULL);
INSERT INTO "person" VALUES('T0HARBOR01','U0CHLOE000','member','Europe/Amsterdam','2026-11-30 04:44:17.507016',1,NULL);
INSERT INTO "person" VALUES('T0HARBOR01','U0DEV00000','member','Europe/Amsterdam','2026-11-30 04:44:17.523788',1,NULL);
INSERT INTO "person" VALUES('T0HARBOR01','U0GUS00000','member','Europe/Amsterdam','2026-11-30 04:44:17.539871',1,NULL);
INSERT INTO "person" VALUES('T0HARBOR01','U0FATIMA00','member','Europe/Amsterdam','2026-11-30 04:44:17.565874',1,NULL);
INSERT INTO "person" VALUES('T0HARBOR01','U0ELI00000','member','Europe/Amsterdam','2026-11-30 04:44:17.597004',1,NULL);
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
INSERT INTO "post" VALUES(1,1,'introduction','',1,'posted',1,'2026-06-22 07:00:00.614896','2026-06-22 07:00:00.614896','1782111600.631505',NULL,NULL,NULL,'null',NULL,'null');
INSERT INTO "post" VALUES(2,1,'card','1',1,'posted',1,'2026-06-22 07:00:00.923953','2026-06-22 07:00:00.923953','1782111600.941276','http://127.0.0.1:41265/archives/C0OPS00001/p1782111600941276',1,12,'null',NULL,'null');
INSERT INTO "post" VALUES(3,1,'card','2',1,'posted',1,'2026-06-22 07:00:01.180549','2026-06-22 07:00:01.180549','1782111601.199399','http://127.0.0.1:41265/archives/C0OPS00001/p1782111601199399',2,6,'null',NULL,'null');
INSERT INTO "post" VALUES(4,1,'card','3',1,'posted',1,'2026-06-22 07:00:01.291901','2026-06-22 07:00:01.291901','1782111601.301739','http://127.0.0.1:41265/archives/C0OPS00001/p1782111601301739',3,7,'null',NULL,'null');
INSERT INTO "post" VALUES(5,1,'card','4',1,'posted',1,'2026-06-22 07:00:01.417983','2026-06-22 07:00:01.417983','1782111601.433124','http://127.0.0.1:41265/archives/C0OPS00001/p1782111601433124',4,4,'null',NULL,'null');
INSERT INTO "post" VALUES(6,1,'card','5',1,'posted',2,'2026-06-22 07:00:06.488546','2026-06-22 07:00:06.488546','1782111606.494518','http://127.0.0.1:41265/archives/C0OPS00001/p1782111606494518',5,4,'null',NULL,'null');
INSERT INTO "post" VALUES(7,1,'card','6',1,'posted',1,'2026-06-22 07:00:06.515404','2026-06-22 07:00:06.515404','1782111606.524298','http://127.0.0.1:41265/archives/C0OPS00001/p1782111606524298',6,5,'null',NULL,'null');
INSERT INTO "post" VALUES(8,1,'card','7',1,'posted',1,'2026-06-22 07:00:06.559724','2026-06-22 07:00:06.559724','1782111606.578167','http://127.0.0.1:41265/archives/C0OPS00001/p1782111606578167',7,3,'null',NULL,'null');
INSERT INTO "post" VALUES(9,1,'card','8',1,'posted',1,'2026-06-22 07:00:06.634348','2026-06-22 07:00:06.634348','1782111606.675119','http://127.0.0.1:41265/archives/C0OPS00001/p1782111606675119',8,2,'null',NULL,'null');
INSERT INTO "post" VALUES(10,1,'card','9',1,'posted',1,'2026-06-22 07:00:06.712502','2026-06-22 07:00:06.712502','1782111606.733978','http://127.0.0.1:41265/archives/C0OPS00001/p1782111606733978',9,5,'null',NULL,'null');
INSERT INTO "post" VALUES(11,1,'dispute','5',1,'posted',2,'2026-06-22 07:00:12.510131','2026-06-22 07:00:12.510131','1782111612.516822',NULL,NULL,NULL,'null',NULL,'null');
INSERT INTO "post" VALUES(12,1,'digest','2026-W26',1,'posted',1,'2026-06-22 07:30:00.143274','2026-06-22 07:30:00.143274','1782113400.152789',NULL,NULL,NULL,'{"1": 1, "2": 2, "5": 3, "3": 4}',NULL,'[]');
INSERT INTO "post" VALUES(13,1,'retrospective','2026-04-01',1,'posted',1,'2026-06-26 07:30:00.078953','2026-06-26 07:30:00.078953','1782459000.083562',NULL,NULL,11,'null',NULL,'null');
INSERT INTO "post" VALUES(14,1,'digest','2026-W27',1,'posted',1,'2026-06-29 07:30:00.132695','2026-06-29 07:30:00.132695','1782718200.141056',NULL,NULL,NULL,'{"1": 1, "2": 2, "5": 3, "3": 4}',NULL,'[]');
INSERT INTO "post" VALUES(15,1,'roadmap','2026-07-01',1,'posted',1,'2026-07-01 07:30:00.080731','2026-07-01 07:30:00.080731','1782891000.088210',NULL,NULL,12,'null',NULL,'null');
INSERT INTO "post" VALUES(16,1,'digest','2026-W28',1,'posted',1,'2026-07-06 07:30:00.132190','2026-07-06 07:30:00.132190','1783323000.140607',NULL,NULL,NULL,'{"1": 1, "5": 2, "3": 3}',NULL,'[2]');
INSERT INTO "post" VALUES(17,1,'digest','2026-W29',1,'posted',1,'2026-07-13 07:30:00.094632','2026-07-13 07:30:00.094632','1783927800.103821',NULL,NULL,NULL,'{"1": 1, "5": 2, "3": 3}',NULL,'[]');
INSERT INTO "post" VALUES(18,1,'fire','1',1,'posted',1,'2026-07-13 08:05:00.291633','2026-07-13 08:05:00.291633','1783929900.299989',NULL,NULL,NULL,'null',NULL,'null');
INSERT INTO "post" VALUES(19,1,'nudge','U0ANA00000:2026-W29',1,'posted',1,'2026-07-14 08:05:00.221313','2026-07-14 08:05:00.221313',NULL,NULL,NULL,NULL,'null','U0ANA00000','null');
INSERT INTO "post" VALUES(20,1,'nudge','U0BEN00000:2026-W29',1,'posted',1,'2026-07-14 08:05:00.251735','2026-07-14 08:05:00.251735',NULL,NULL,NULL,NULL,'null','U0BEN00000','null');
INSERT INTO "post" VALUES(21,1,'nudge','U0CHLOE000:2026-W29',1,'posted',1,'2026-07-14 08:05:00.281369','2026-07-14 08:05:00.281369',NULL,NULL,NULL,NULL,'null','U0CHLOE000','null');
INSERT INTO "post" VALUES(22,1,'nudge','U0DEV00000:2026-W29',1,'posted',1,'2026-07-14 08:05:00.310438','2026-07-14 08:05:00.310438',NULL,NULL,NULL,NULL,'null','U0DEV00000','null');
INSERT INTO "post" VALUES(23,1,'nudge','U0ELI00000:2026-W29',1,'posted',1,'2026-07-14 08:05:00.341081','2026-07-14 08:05:00.341081',NULL,NULL,NULL,NULL,'null','U0ELI00000','null');
INSERT INTO "post" VALUES(24,1,'nudge','U0FATIMA00:2026-W29',1,'posted',1,'2026-07-14 08:05:00.370823','2026-07-14 08:05:00.370823',NULL,NULL,NULL,NULL,'null','U0FATIMA00','null');
INSERT INTO "post" VALUES(25,1,'nudge','U0GUS00000:2026-W29',1,'posted',1,'2026-07-14 08:05:00.399052','2026-07-14 08:05:00.399052',NULL,NULL,NULL,NULL,'null','U0GUS00000','null');
INSERT INTO "post" VALUES(26,1,'nudge','U0MIA00000:2026-W29',1,'posted',1,'2026-07-14 08:05:00.429468','2026-07-14 08:05:00.429468',NULL,NULL,NULL,NULL,'null','U0MIA00000','null');
INSERT INTO "post" VALUES(27,1,'fire_out','1',1,'posted',1,'2026-07-14 08:05:00.501801','2026-07-14 08:05:00.501801','1784016300.510049',NULL,NULL,NULL,'null',NULL,'null');
INSERT INTO "post" VALUES(28,1,'digest','2026-W30',1,'posted',1,'2026-07-20 07:30:00.182716','2026-07-20 07:30:00.182716','1784532600.193658',NULL,NULL,NULL,'{"1": 1, "5": 2, "3": 3}',NULL,'[]');
INSERT INTO "post" VALUES(29,1,'fire','2',1,'posted',1,'2026-07-20 08:05:00.089540','2026-07-20 08:05:00.089540','1784534700.097220',NULL,NULL,NULL,'null',NULL,'null');
INSERT INTO "post" VALUES(30,1,'digest','2026-W31',1,'posted',1,'2026-07-27 07:30:00.206604','2026-07-27 07:30:00.206604','1785137400.220621',NULL,NULL,NULL,'{"1": 1, "5": 2, "3": 3}',NULL,'[]');
INSERT INTO "post" VALUES(31,1,'old_fire','U0BEN00000:2',1,'posted',1,'2026-07-28 08:05:00.241446','2026-07-28 08:05:00.241446',NULL,NULL,NULL,NULL,'null','U0BEN00000','null');
INSERT INTO "post" VALUES(32,1,'nudge','U0ANA00000:2026-W31',1,'posted',1,'2026-07-28 08:05:00.273627','2026-07-28 08:05:00.273627',NULL,NULL,NULL,NULL,'null','U0ANA00000','null');
INSERT INTO "post" VALUES(33,1,'nudge','U0BEN00000:2026-W31',1,'posted',1,'2026-07-28 08:05:00.305488','2026-07-28 08:05:00.305488',NULL,NULL,NULL,NULL,'null','U0BEN00000','null');
INSERT INTO "post" VALUES(34,1,'nudge','U0CHLOE000:2026-W31',1,'posted',1,'2026-07-28 08:05:00.337972','2026-07-28 08:05:00.337972',NULL,NULL,NULL,NULL,'null','U0CHLOE000','null');
INSERT INTO "post" VALUES(35,1,'nudge','U0DEV00000:2026-W31',1,'posted',1,'2026-07-28 08:05:00.371414','2026-07-28 08:05:00.371414',NULL,NULL,NULL,NULL,'null','U0DEV00000','null');
INSERT INTO "post" VALUES(36,1,'nudge','U0ELI00000:2026-W31',1,'posted',1,'2026-07-28 08:05:00.404198','2026-07-28 08:05:00.404198',NULL,NULL,NULL,NULL,'null','U0ELI00000','null');
INSERT INTO "post" VALUES(37,1,'nudge','U0FATIMA00:2026-W31',1,'posted',1,'2026-07-28 08:05:00.433080','2026-07-28 08:05:00.433080',NULL,NULL,NULL,NULL,'null','U0FATIMA00','null');
INSERT INTO "post" VALUES(38,1,'nudge','U0GUS00000:2026-W31',1,'posted',1,'2026-07-28 08:05:00.463446','2026-07-28 08:05:00.463446',NULL,NULL,NULL,NULL,'null','U0GUS00000','null');
INSERT INTO "post" VALUES(39,1,'nudge','U0MIA00000:2026-W31',1,'posted',1,'2026-07-28 08:05:00.492224','2026-07-28 08:05:00.492224',NULL,NULL,NULL,NULL,'null','U0MIA00000','null');
INSERT INTO "post" VALUES(40,1,'fire','3',1,'posted',1,'2026-07-28 08:05:00.692929','2026-07-28 08:05:00.692929','1785225900.698721',NULL,NULL,NULL,'null',NULL,'null');
INSERT INTO "post" VALUES(41,1,'digest','2026-W32',1,'posted',1,'2026-08-03 07:30:00.195473','2026-08-03 07:30:00.195473','1785742200.204812',NULL,NULL,NULL,'{"1": 1, "5": 2, "3": 3}',NULL,'[]');
INSERT INTO "post" VALUES(42,1,'payback','2:30:2026-07-01',1,'posted',1,'2026-08-03 07:30:00.224769','2026-08-03 07:30:00.224769','1785742200.230389',NULL,2,NULL,'null',NULL,'null');
INSERT INTO "post" VALUES(43,1,'outcome','U0ANA00000:2:2026-07-01',1,'posted',1,'2026-08-03 07:30:00.249402','2026-08-03 07:30:00.249402',NULL,NULL,2,NULL,'null','U0ANA00000','null');
INSERT INTO "post" VALUES(44,1,'outcome','U0DEV00000:2:2026-07-01',1,'posted',1,'2026-08-03 07:30:00.270110','2026-08-03 07:30:00.270110',NULL,NULL,2,NULL,'null','U0DEV00000','null');
INSERT INTO "post" VALUES(45,1,'outcome','U0MIA00000:2:2026-07-01',1,'posted',1,'2026-08-03 07:30:00.291046','2026-08-03 07:30:00.291046',NULL,NULL,2,NULL,'null','U0MIA00000','null');
INSERT INTO "post" VALUES(46,1,'draft','1',1,'posted',1,'2026-08-03 08:05:00.302007','2026-08-03 08:05:00.302007','1785744300.331193','http://127.0.0.1:41265/archives/C0OPS00001/p1785744300331193',NULL,3,'null',NULL,'null');
INSERT INTO "post" VALUES(47,1,'old_fire','U0FATIMA00:3',1,'posted',1,'2026-08-05 09:05:00.149922','2026-08-05 09:05:00.149922',NULL,NULL,NULL,NULL,'null','U0FATIMA00','null');
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
INSERT INTO "project" VALUES(1,1,1,'V0BZJ6BRTCN','U0MIA00000','2026-06-22 07:00:00.783197','{"title": "Retire the last NAT box", "summary": "It pages us, it costs us, and nobody remembers why it is there.", "effort_weeks": 4.0, "steps": ["Gateways beside it", "Move the batch VPC", "Switch it off"], "toil_source": "nat-1", "toil_per_month": 9, "software_added": "", "software_removed": "the NAT instance"}',12,'started','','U0MIA00000','2026-07-01 08:05:00.207260',NULL,'["Gateways beside it"]','');
INSERT INTO "project" VALUES(2,1,2,'V08N32S8C7E','U0ANA00000','2026-06-22 07:00:01.100732','{"title": "Rotate every long-lived key", "summary": "It pages us, it costs us, and nobody remembers why it is there.", "effort_weeks": 3.0, "steps": [], "toil_source": "stale-keys", "toil_per_month": 4, "software_added": "", "software_removed": ""}',6,'shipped','','U0ANA00000','2026-07-01 08:05:00.420864',NULL,'[]','');
INSERT INTO "project" VALUES(3,1,3,'V02G433XQJY','U0BEN00000','2026-06-22 07:00:01.194583','{"title": "Right-size the worker fleet", "summary": "It pages us, it costs us, and nobody remembers why it is there.", "effort_weeks": 2.0, "steps": [], "toil_source": "", "toil_per_month": null, "software_added": "a scaler", "software_removed": ""}',7,'open','',NULL,NULL,NULL,'[]','');
INSERT INTO "project" VALUES(4,1,4,'V01Y13IKDJG','U0CHLOE000','2026-06-22 07:00:01.259177','{"title": "Turn off TLS between services", "summary": "It pages us, it costs us, and nobody remembers why it is there.", "effort_weeks": 1.0, "steps": [], "toil_source": "", "toil_per_month": null, "software_added": "", "software_removed": ""}',4,'open','',NULL,NULL,NULL,'[]','');
INSERT INTO "project" VALUES(5,1,5,'V0MTXP01WVR','U0DEV00000','2026-06-22 07:00:01.337549','{"title": "Page on symptoms, not on machines", "summary": "It pages us, it costs us, and nobody remembers why it is there.", "effort_weeks": 8.0, "steps": ["List the pages", "Write the symptoms"], "toil_source": "", "toil_per_month": null, "software_added": "", "software_removed": ""}',4,'open','',NULL,NULL,NULL,'[]','');
INSERT INTO "project" VALUES(6,1,6,'V0CSKFNKIWZ','U0GUS00000','2026-06-22 07:00:01.384642','{"title": "Rename the build jobs", "summary": "It pages us, it costs us, and nobody remembers why it is there.", "effort_weeks": 2.0, "steps": [], "toil_source": "", "toil_per_month": null, "software_added": "", "software_removed": ""}',5,'open','',NULL,NULL,NULL,'[]','');
INSERT INTO "project" VALUES(7,1,7,'V0OIFVZN5JA','U0GUS00000','2026-06-22 07:00:01.478264','{"title": "Mirror the package registry", "summary": "It pages us, it costs us, and nobody remembers why it is there.", "effort_weeks": 1.0, "steps": [], "toil_source": "", "toil_per_month": null, "software_added": "", "software_removed": ""}',3,'merged','','U0GUS00000','2026-07-01 08:05:00.562907',9,'[]','');
INSERT INTO "project" VALUES(8,1,8,'V0QEOQUOGOC','U0DEV00000','2026-06-22 07:00:01.523442','{"title": "Paint the racks", "summary": "It pages us, it costs us, and nobody remembers why it is there.", "effort_weeks": 1.0, "steps": [], "toil_source": "", "toil_per_month": null, "software_added": "", "software_removed": ""}',2,'handed_off','It moves none of our values.','U0MIA00000','2026-07-01 08:05:00.707150',NULL,'[]','Facilities: ask in #random.');
INSERT INTO "project" VALUES(9,1,9,'V0UKGD93796','U0FATIMA00','2026-06-22 07:00:01.593085','{"title": "Cache dependency downloads", "summary": "It pages us, it costs us, and nobody remembers why it is there.", "effort_weeks": 2.0, "steps": [], "toil_source": "", "toil_per_month": null, "software_added": "", "software_removed": ""}',5,'open','',NULL,NULL,NULL,'[]','');
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
INSERT INTO "reaction" VALUES(1,'1782111600.941276','U0ANA00000','+1',1,1782111602054794);
INSERT INTO "reaction" VALUES(1,'1782111600.941276','U0ELI00000','+1',1,1782111602075701);
INSERT INTO "reaction" VALUES(1,'1782111600.941276','U0CHLOE000','+1::skin-tone-3',1,1782111602090312);
INSERT INTO "reaction" VALUES(1,'1782111600.941276','U0ELI00000','green_heart',1,1782111602102273);
INSERT INTO "reaction" VALUES(1,'1782111600.941276','U0GUS00000','green_heart',1,1782111602113835);
INSERT INTO "reaction" VALUES(1,'1782111601.199399','U0BEN00000','+1',1,1782111602773120);
INSERT INTO "reaction" VALUES(1,'1782111601.301739','U0ELI00000','moneybag',1,1782111603402814);
INSERT INTO "reaction" VALUES(1,'1782111601.301739','U0GUS00000','+1',1,1782111603418308);
INSERT INTO "reaction" VALUES(1,'1782111601.301739','U0DEV00000','+1',1,1782111603429026);
INSERT INTO "reaction" VALUES(1,'1782111606.524298','U0FATIMA00','gear',1,1782111607609322);
INSERT INTO "reaction" VALUES(1,'1782111606.578167','U0DEV00000','+1',1,1782111607892685);
INSERT INTO "reaction" VALUES(1,'1782111606.733978','U0BEN00000','gear',1,1782111608578226);
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
INSERT INTO "roadmap" VALUES(1,1,'2026-04-01',1,'{"people": 1.0, "weeks": 13, "weeks_away": 0.0, "planned_share": 0.82, "carried_over": 0}','U0MIA00000','2026-06-22 07:01:00.053309');
INSERT INTO "roadmap" VALUES(2,1,'2026-07-01',1,'{"people": 1.0, "weeks": 13, "weeks_away": 0.0, "planned_share": 0.82, "carried_over": 9.0}','U0MIA00000','2026-07-01 08:05:00.094805');
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
INSERT INTO "roadmap_change" VALUES(1,2,5,1,'the pages cost us more','U0MIA00000','2026-07-13 08:05:00.112632');
INSERT INTO "roadmap_change" VALUES(2,2,3,0,'the pages cost us more','U0MIA00000','2026-07-13 08:05:00.112632');
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
INSERT INTO "score" VALUES(1,'U0MIA00000','security',1,'2026-06-22 07:00:01.747118');
INSERT INTO "score" VALUES(1,'U0MIA00000','availability',3,'2026-06-22 07:00:01.747118');
INSERT INTO "score" VALUES(1,'U0MIA00000','performance',0,'2026-06-22 07:00:01.747118');
INSERT INTO "score" VALUES(1,'U0MIA00000','scalability',0,'2026-06-22 07:00:01.747118');
INSERT INTO "score" VALUES(1,'U0MIA00000','cost',1,'2026-06-22 07:00:01.747118');
INSERT INTO "score" VALUES(1,'U0MIA00000','efficiency',0,'2026-06-22 07:00:01.747118');
INSERT INTO "score" VALUES(1,'U0ANA00000','security',0,'2026-06-22 07:00:01.872836');
INSERT INTO "score" VALUES(1,'U0ANA00000','availability',3,'2026-06-22 07:00:01.872836');
INSERT INTO "score" VALUES(1,'U0ANA00000','performance',0,'2026-06-22 07:00:01.872836');
INSERT INTO "score" VALUES(1,'U0ANA00000','scalability',2,'2026-06-22 07:00:01.872836');
INSERT INTO "score" VALUES(1,'U0ANA00000','cost',0,'2026-06-22 07:00:01.872836');
INSERT INTO "score" VALUES(1,'U0ANA00000','efficiency',0,'2026-06-22 07:00:01.872836');
INSERT INTO "score" VALUES(1,'U0BEN00000','security',0,'2026-06-22 07:00:01.999637');
INSERT INTO "score" VALUES(1,'U0BEN00000','availability',2,'2026-06-22 07:00:01.999637');
INSERT INTO "score" VALUES(1,'U0BEN00000','performance',0,'2026-06-22 07:00:01.999637');
INSERT INTO "score" VALUES(1,'U0BEN00000','scalability',0,'2026-06-22 07:00:01.999637');
INSERT INTO "score" VALUES(1,'U0BEN00000','cost',0,'2026-06-22 07:00:01.999637');
INSERT INTO "score" VALUES(1,'U0BEN00000','efficiency',1,'2026-06-22 07:00:01.999637');
INSERT INTO "score" VALUES(2,'U0MIA00000','security',3,'2026-06-22 07:00:02.413618');
INSERT INTO "score" VALUES(2,'U0MIA00000','availability',0,'2026-06-22 07:00:02.413618');
INSERT INTO "score" VALUES(2,'U0MIA00000','performance',0,'2026-06-22 07:00:02.413618');
INSERT INTO "score" VALUES(2,'U0MIA00000','scalability',0,'2026-06-22 07:00:02.413618');
INSERT INTO "score" VALUES(2,'U0MIA00000','cost',0,'2026-06-22 07:00:02.413618');
INSERT INTO "score" VALUES(2,'U0MIA00000','efficiency',0,'2026-06-22 07:00:02.413618');
INSERT INTO "score" VALUES(2,'U0ANA00000','security',3,'2026-06-22 07:00:02.530934');
INSERT INTO "score" VALUES(2,'U0ANA00000','availability',0,'2026-06-22 07:00:02.530934');
INSERT INTO "score" VALUES(2,'U0ANA00000','performance',0,'2026-06-22 07:00:02.530934');
INSERT INTO "score" VALUES(2,'U0ANA00000','scalability',0,'2026-06-22 07:00:02.530934');
INSERT INTO "score" VALUES(2,'U0ANA00000','cost',0,'2026-06-22 07:00:02.530934');
INSERT INTO "score" VALUES(2,'U0ANA00000','efficiency',-1,'2026-06-22 07:00:02.530934');
INSERT INTO "score" VALUES(2,'U0DEV00000','security',2,'2026-06-22 07:00:02.693381');
INSERT INTO "score" VALUES(2,'U0DEV00000','availability',0,'2026-06-22 07:00:02.693381');
INSERT INTO "score" VALUES(2,'U0DEV00000','performance',0,'2026-06-22 07:00:02.693381');
INSERT INTO "score" VALUES(2,'U0DEV00000','scalability',0,'2026-06-22 07:00:02.693381');
INSERT INTO "score" VALUES(2,'U0DEV00000','cost',0,'2026-06-22 07:00:02.693381');
INSERT INTO "score" VALUES(2,'U0DEV00000','efficiency',0,'2026-06-22 07:00:02.693381');
INSERT INTO "score" VALUES(3,'U0MIA00000','security',0,'2026-06-22 07:00:03.069308');
INSERT INTO "score" VALUES(3,'U0MIA00000','availability',0,'2026-06-22 07:00:03.069308');
INSERT INTO "score" VALUES(3,'U0MIA00000','performance',0,'2026-06-22 07:00:03.069308');
INSERT INTO "score" VALUES(3,'U0MIA00000','scalability',0,'2026-06-22 07:00:03.069308');
INSERT INTO "score" VALUES(3,'U0MIA00000','cost',3,'2026-06-22 07:00:03.069308');
INSERT INTO "score" VALUES(3,'U0MIA00000','efficiency',0,'2026-06-22 07:00:03.069308');
INSERT INTO "score" VALUES(3,'U0BEN00000','security',0,'2026-06-22 07:00:03.219278');
INSERT INTO "score" VALUES(3,'U0BEN00000','availability',0,'2026-06-22 07:00:03.219278');
INSERT INTO "score" VALUES(3,'U0BEN00000','performance',-1,'2026-06-22 07:00:03.219278');
INSERT INTO "score" VALUES(3,'U0BEN00000','scalability',0,'2026-06-22 07:00:03.219278');
INSERT INTO "score" VALUES(3,'U0BEN00000','cost',2,'2026-06-22 07:00:03.219278');
INSERT INTO "score" VALUES(3,'U0BEN00000','efficiency',0,'2026-06-22 07:00:03.219278');
INSERT INTO "score" VALUES(3,'U0GUS00000','security',0,'2026-06-22 07:00:03.348553');
INSERT INTO "score" VALUES(3,'U0GUS00000','availability',0,'2026-06-22 07:00:03.348553');
INSERT INTO "score" VALUES(3,'U0GUS00000','performance',0,'2026-06-22 07:00:03.348553');
INSERT INTO "score" VALUES(3,'U0GUS00000','scalability',0,'2026-06-22 07:00:03.348553');
INSERT INTO "score" VALUES(3,'U0GUS00000','cost',2,'2026-06-22 07:00:03.348553');
INSERT INTO "score" VALUES(3,'U0GUS00000','efficiency',1,'2026-06-22 07:00:03.348553');
INSERT INTO "score" VALUES(4,'U0MIA00000','security',-3,'2026-06-22 07:00:03.739042');
INSERT INTO "score" VALUES(4,'U0MIA00000','availability',0,'2026-06-22 07:00:03.739042');
INSERT INTO "score" VALUES(4,'U0MIA00000','performance',1,'2026-06-22 07:00:03.739042');
INSERT INTO "score" VALUES(4,'U0MIA00000','scalability',0,'2026-06-22 07:00:03.739042');
INSERT INTO "score" VALUES(4,'U0MIA00000','cost',0,'2026-06-22 07:00:03.739042');
INSERT INTO "score" VALUES(4,'U0MIA00000','efficiency',0,'2026-06-22 07:00:03.739042');
INSERT INTO "score" VALUES(4,'U0ANA00000','security',-3,'2026-06-22 07:00:03.864058');
INSERT INTO "score" VALUES(4,'U0ANA00000','availability',0,'2026-06-22 07:00:03.864058');
INSERT INTO "score" VALUES(4,'U0ANA00000','performance',2,'2026-06-22 07:00:03.864058');
INSERT INTO "score" VALUES(4,'U0ANA00000','scalability',0,'2026-06-22 07:00:03.864058');
INSERT INTO "score" VALUES(4,'U0ANA00000','cost',0,'2026-06-22 07:00:03.864058');
INSERT INTO "score" VALUES(4,'U0ANA00000','efficiency',0,'2026-06-22 07:00:03.864058');
INSERT INTO "score" VALUES(4,'U0BEN00000','security',-2,'2026-06-22 07:00:04.011307');
INSERT INTO "score" VALUES(4,'U0BEN00000','availability',0,'2026-06-22 07:00:04.011307');
INSERT INTO "score" VALUES(4,'U0BEN00000','performance',2,'2026-06-22 07:00:04.011307');
INSERT INTO "score" VALUES(4,'U0BEN00000','scalability',0,'2026-06-22 07:00:04.011307');
INSERT INTO "score" VALUES(4,'U0BEN00000','cost',0,'2026-06-22 07:00:04.011307');
INSERT INTO "score" VALUES(4,'U0BEN00000','efficiency',0,'2026-06-22 07:00:04.011307');
INSERT INTO "score" VALUES(5,'U0MIA00000','security',0,'2026-06-22 07:00:06.602468');
INSERT INTO "score" VALUES(5,'U0MIA00000','availability',3,'2026-06-22 07:00:06.602468');
INSERT INTO "score" VALUES(5,'U0MIA00000','performance',0,'2026-06-22 07:00:06.602468');
INSERT INTO "score" VALUES(5,'U0MIA00000','scalability',0,'2026-06-22 07:00:06.602468');
INSERT INTO "score" VALUES(5,'U0MIA00000','cost',0,'2026-06-22 07:00:06.602468');
INSERT INTO "score" VALUES(5,'U0MIA00000','efficiency',2,'2026-06-22 07:00:06.602468');
INSERT INTO "score" VALUES(5,'U0DEV00000','security',0,'2026-06-22 07:00:06.799137');
INSERT INTO "score" VALUES(5,'U0DEV00000','availability',3,'2026-06-22 07:00:06.799137');
INSERT INTO "score" VALUES(5,'U0DEV00000','performance',0,'2026-06-22 07:00:06.799137');
INSERT INTO "score" VALUES(5,'U0DEV00000','scalability',0,'2026-06-22 07:00:06.799137');
INSERT INTO "score" VALUES(5,'U0DEV00000','cost',0,'2026-06-22 07:00:06.799137');
INSERT INTO "score" VALUES(5,'U0DEV00000','efficiency',3,'2026-06-22 07:00:06.799137');
INSERT INTO "score" VALUES(5,'U0ELI00000','security',0,'2026-06-22 07:00:06.967348');
INSERT INTO "score" VALUES(5,'U0ELI00000','availability',-3,'2026-06-22 07:00:06.967348');
INSERT INTO "score" VALUES(5,'U0ELI00000','performance',0,'2026-06-22 07:00:06.967348');
INSERT INTO "score" VALUES(5,'U0ELI00000','scalability',0,'2026-06-22 07:00:06.967348');
INSERT INTO "score" VALUES(5,'U0ELI00000','cost',0,'2026-06-22 07:00:06.967348');
INSERT INTO "score" VALUES(5,'U0ELI00000','efficiency',1,'2026-06-22 07:00:06.967348');
INSERT INTO "score" VALUES(6,'U0GUS00000','security',0,'2026-06-22 07:01:00.159674');
INSERT INTO "score" VALUES(6,'U0GUS00000','availability',0,'2026-06-22 07:01:00.159674');
INSERT INTO "score" VALUES(6,'U0GUS00000','performance',0,'2026-06-22 07:01:00.159674');
INSERT INTO "score" VALUES(6,'U0GUS00000','scalability',0,'2026-06-22 07:01:00.159674');
INSERT INTO "score" VALUES(6,'U0GUS00000','cost',0,'2026-06-22 07:01:00.159674');
INSERT INTO "score" VALUES(6,'U0GUS00000','efficiency',1,'2026-06-22 07:01:00.159674');
INSERT INTO "score" VALUES(9,'U0ANA00000','security',0,'2026-06-22 07:00:08.443531');
INSERT INTO "score" VALUES(9,'U0ANA00000','availability',0,'2026-06-22 07:00:08.443531');
INSERT INTO "score" VALUES(9,'U0ANA00000','performance',0,'2026-06-22 07:00:08.443531');
INSERT INTO "score" VALUES(9,'U0ANA00000','scalability',0,'2026-06-22 07:00:08.443531');
INSERT INTO "score" VALUES(9,'U0ANA00000','cost',0,'2026-06-22 07:00:08.443531');
INSERT INTO "score" VALUES(9,'U0ANA00000','efficiency',2,'2026-06-22 07:00:08.443531');
INSERT INTO "score" VALUES(9,'U0FATIMA00','security',0,'2026-06-22 07:00:08.522715');
INSERT INTO "score" VALUES(9,'U0FATIMA00','availability',0,'2026-06-22 07:00:08.522715');
INSERT INTO "score" VALUES(9,'U0FATIMA00','performance',0,'2026-06-22 07:00:08.522715');
INSERT INTO "score" VALUES(9,'U0FATIMA00','scalability',0,'2026-06-22 07:00:08.522715');
INSERT INTO "score" VALUES(9,'U0FATIMA00','cost',0,'2026-06-22 07:00:08.522715');
INSERT INTO "score" VALUES(9,'U0FATIMA00','efficiency',3,'2026-06-22 07:00:08.522715');
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
INSERT INTO "toil" VALUES(1,1,'command:966471890715.961531871.6d28046338906e313962f6a9b208ed62','page','nat-1',45,'2026-06-22 07:00:08.675887',0,'failover','U0DEV00000');
INSERT INTO "toil" VALUES(2,1,'command:482280344121.9410079606.a2aaca561ab1e2fa70c17220d9d6b9c7','page','nat-1',45,'2026-06-22 07:00:08.696667',0,'failover','U0DEV00000');
INSERT INTO "toil" VALUES(3,1,'command:690747439246.8925271310.bff7c730b624423d005272d1ef20dabe','page','nat-1',45,'2026-06-22 07:00:08.712508',0,'failover','U0DEV00000');
INSERT INTO "toil" VALUES(4,1,'command:34372373287.3425011149.b79c9b93670223770efe026072c7fd41','page','db-primary',30,'2026-07-28 08:05:00.560999',0,'replica lag','U0DEV00000');
INSERT INTO "toil" VALUES(5,1,'command:560853016606.946349274.6d989a682fb7da5b7f39aadb4ff89eb0','page','db-primary',30,'2026-07-28 08:05:00.581476',0,'replica lag','U0DEV00000');
INSERT INTO "toil" VALUES(6,1,'command:306083505065.9626320691.966ebe933be26d5925ccb0059e35e4fa','page','db-primary',30,'2026-07-28 08:05:00.598526',0,'replica lag','U0DEV00000');
INSERT INTO "toil" VALUES(7,1,'command:824029605483.7067218030.b081b9d660024eeaca3d619c0a77ee4e','page','db-primary',30,'2026-07-28 08:05:00.615471',0,'replica lag','U0DEV00000');
INSERT INTO "toil" VALUES(8,1,'command:5033029117.2525314035.01ba026b12052719afd2db6613283c7d','page','db-primary',30,'2026-07-28 08:05:00.637651',0,'replica lag','U0DEV00000');
INSERT INTO "toil" VALUES(9,1,'command:293757757973.6985324819.a1090555125ffbbb0e5b7e74fa478872','interrupt','certificate',50,'2026-07-28 08:05:00.655200',0,'it ran out','U0ANA00000');
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
