BEGIN TRANSACTION;
CREATE TABLE act (
	trigger_id VARCHAR NOT NULL, 
	taken_at DATETIME NOT NULL, 
	CONSTRAINT pk_act PRIMARY KEY (trigger_id)
);
INSERT INTO "act" VALUES('179068237651.112945741.1e4259dab1e8466cf84f0f69ecc089a6','2026-08-05 09:05:15.579659');
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
INSERT INTO "answer" VALUES(1,'U0ANA00000',1,'2026-08-03 08:05:04.211299');
INSERT INTO "answer" VALUES(1,'U0BEN00000',0,'2026-08-03 08:05:04.541626');
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
INSERT INTO "board" VALUES(1,'T0HARBOR01','C0OPS00001','2026-06-22 07:00:03.509705','U0MIA00000','ops','Europe/Amsterdam',0,'09:30',1.0,0.0,1,'["U0MIA00000"]','09:00','18:00',NULL,NULL);
CREATE TABLE charter (
	board_id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	content JSON NOT NULL, 
	agreed_by JSON NOT NULL, 
	agreed_at DATETIME NOT NULL, 
	CONSTRAINT pk_charter PRIMARY KEY (board_id, version), 
	CONSTRAINT fk_charter_board_id_board FOREIGN KEY(board_id) REFERENCES board (id)
);
INSERT INTO "charter" VALUES(1,1,'{"values": [{"key": "security", "emoji": "lock", "weight": 3.0, "number_one": true, "name": null, "rubric": "+3: closes a way in that an attacker could use today, or ends a kind of leak."}, {"key": "availability", "emoji": "green_heart", "weight": 3.0, "number_one": true, "name": null, "rubric": "+3: a failure that takes customers down today would pass without anyone noticing."}, {"key": "performance", "emoji": "zap", "weight": 1.0, "number_one": false, "name": null, "rubric": "+3: customers feel it: a path that most of them use becomes twice as fast."}, {"key": "scalability", "emoji": "chart_with_upwards_trend", "weight": 1.0, "number_one": false, "name": null, "rubric": "+3: removes the limit that we would reach first, with room for ten times the load."}, {"key": "cost", "emoji": "moneybag", "weight": 1.0, "number_one": false, "name": null, "rubric": "+3: takes at least a tenth off the monthly bill, and it stays off."}, {"key": "efficiency", "emoji": "gear", "weight": 1.0, "number_one": false, "name": null, "rubric": "+3: gives the team back a day or more every week that now goes into work by hand."}], "prior_people": 2.0, "moves_at": 0.5, "breadth_bonus": 0.1, "quorum": 3, "quick_impact": 1}','["U0MIA00000"]','2026-06-22 07:00:03.509705');
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
INSERT INTO "draft" VALUES(1,1,1,'{"values": [{"key": "security", "emoji": "lock", "weight": 3.0, "number_one": true, "name": null, "rubric": "+3: closes a way in that an attacker could use today, or ends a kind of leak."}, {"key": "availability", "emoji": "green_heart", "weight": 3.0, "number_one": true, "name": null, "rubric": "+3: a failure that takes customers down today would pass without anyone noticing."}, {"key": "performance", "emoji": "zap", "weight": 1.0, "number_one": false, "name": null, "rubric": "+3: customers feel it: a path that most of them use becomes twice as fast."}, {"key": "scalability", "emoji": "chart_with_upwards_trend", "weight": 1.0, "number_one": false, "name": null, "rubric": "+3: removes the limit that we would reach first, with room for ten times the load."}, {"key": "cost", "emoji": "moneybag", "weight": 1.5, "number_one": false, "name": null, "rubric": "+3: takes at least a tenth off the monthly bill, and it stays off."}, {"key": "efficiency", "emoji": "gear", "weight": 1.0, "number_one": false, "name": null, "rubric": "+3: gives the team back a day or more every week that now goes into work by hand."}], "prior_people": 2.0, "moves_at": 0.5, "breadth_bonus": 0.1, "quorum": 3, "quick_impact": 1}','The bill has doubled in a year.','U0MIA00000','2026-08-03 08:05:02.003716',NULL,NULL,NULL,'2026-08-03 08:05:02.841129',3);
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
INSERT INTO "fire" VALUES(1,1,'cost','the bill has doubled','U0GUS00000','2026-07-13 08:05:00.959908','U0GUS00000','2026-07-14 08:05:23.410300');
INSERT INTO "fire" VALUES(2,1,'availability','two failovers','U0BEN00000','2026-07-20 08:05:00.190782',NULL,NULL);
INSERT INTO "fire" VALUES(3,1,'security','a token leaked','U0FATIMA00','2026-07-28 08:05:21.242804',NULL,NULL);
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
INSERT INTO "history" VALUES(1,1,'2026-06-22 07:01:00.978906','U0MIA00000','committed','Q2 2026');
INSERT INTO "history" VALUES(2,2,'2026-06-22 07:01:00.978906','U0MIA00000','committed','Q2 2026');
INSERT INTO "history" VALUES(3,3,'2026-06-22 07:01:00.978906','U0MIA00000','committed','Q2 2026');
INSERT INTO "history" VALUES(4,1,'2026-07-01 08:05:00.547240','U0MIA00000','committed','Q3 2026');
INSERT INTO "history" VALUES(5,2,'2026-07-01 08:05:00.547240','U0MIA00000','committed','Q3 2026');
INSERT INTO "history" VALUES(6,3,'2026-07-01 08:05:00.547240','U0MIA00000','committed','Q3 2026');
INSERT INTO "history" VALUES(7,1,'2026-07-01 08:05:01.666575','U0MIA00000','started','');
INSERT INTO "history" VALUES(8,1,'2026-07-01 08:05:03.175384','U0MIA00000','step_done','Gateways beside it');
INSERT INTO "history" VALUES(9,2,'2026-07-01 08:05:04.668886','U0ANA00000','shipped','');
INSERT INTO "history" VALUES(10,9,'2026-07-01 08:05:06.602870','U0GUS00000','took_in','#7');
INSERT INTO "history" VALUES(11,7,'2026-07-01 08:05:06.602870','U0GUS00000','merged','#9');
INSERT INTO "history" VALUES(12,8,'2026-07-01 08:05:08.139143','U0MIA00000','handed_off','It moves none of our values. → Facilities: ask in #random.');
INSERT INTO "history" VALUES(13,6,'2026-07-01 08:05:08.816639','U0GUS00000','edited','effort: 1 → 2');
INSERT INTO "history" VALUES(14,5,'2026-07-13 08:05:00.576921','U0MIA00000','taken_in','Q3 2026: the pages cost us more');
INSERT INTO "history" VALUES(15,3,'2026-07-13 08:05:00.576921','U0MIA00000','taken_out','Q3 2026: the pages cost us more');
CREATE TABLE outcome (
	project_id INTEGER NOT NULL, 
	person VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	impact INTEGER NOT NULL, 
	given_at DATETIME NOT NULL, 
	CONSTRAINT pk_outcome PRIMARY KEY (project_id, person, value), 
	CONSTRAINT fk_outcome_project_id_project FOREIGN KEY(project_id) REFERENCES project (id)
);
INSERT INTO "outcome" VALUES(2,'U0DEV00000','security',2,'2026-08-05 09:05:15.579659');
INSERT INTO "outcome" VALUES(2,'U0DEV00000','availability',0,'2026-08-05 09:05:15.579659');
INSERT INTO "outcome" VALUES(2,'U0DEV00000','performance',0,'2026-08-05 09:05:15.579659');
INSERT INTO "outcome" VALUES(2,'U0DEV00000','scalability',0,'2026-08-05 09:05:15.579659');
INSERT INTO "outcome" VALUES(2,'U0DEV00000','cost',0,'2026-08-05 09:05:15.579659');
INSERT INTO "outcome" VALUES(2,'U0DEV00000','efficiency',0,'2026-08-05 09:05:15.579659');
CREATE TABLE person (
	team_id VARCHAR NOT NULL, 
	user_id VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	time_zone VARCHAR, asked_at DATETIME, wants_nudges BOOLEAN DEFAULT 1 NOT NULL, changed_at DATETIME, 
	CONSTRAINT pk_person PRIMARY KEY (team_id, user_id)
);
INSERT INTO "person" VALUES('T0HARBOR01','U0MIA00000','member','Europe/Amsterdam','2026-11-29 23:47:59.119790',1,NULL);
INSERT INTO "person" VALUES('T0HARBOR01','U0ANA00000','member','Europe/Amsterdam','2026-11-29 23:47:59.174210',1,NULL);
INSERT INTO "person" VALUES('T0HARBOR01','U0BEN00000','member','Europe/Amsterdam','2026-11-29 23:47:59.203648',1,NULL);
INSERT INTO "person" VALUES('T0HARBOR01','U0CHLOE000','member','Europe/Amsterdam','2026-11-29 23:47:59.234118',1,NULL);
INSERT INTO "person" VALUES('T0HARBOR01','U0DEV00000','member','Europe/Amsterdam','2026-11-29 23:47:59.259057',1,NULL);
INSERT INTO "person" VALUES('T0HARBOR01','U0GUS00000','member','Europe/Amsterdam','2026-11-29 23:47:59.302539',1,NULL);
INSERT INTO "person" VALUES('T0HARBOR01','U0FATIMA00','member','Europe/Amsterdam','2026-11-29 23:47:59.348712',1,NULL);
INSERT INTO "person" VALUES('T0HARBOR01','U0ELI00000','member','Europe/Amsterdam','2026-11-29 23:47:59.382113',1,NULL);
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
INSERT INTO "post" VALUES(1,1,'introduction','',1,'posted',1,'2026-06-22 07:00:04.522448','2026-06-22 07:00:04.522448','1782111604.632055',NULL,NULL,NULL,'null',NULL,'null');
INSERT INTO "post" VALUES(2,1,'card','1',1,'posted',1,'2026-06-22 07:00:06.542151','2026-06-22 07:00:06.542151','1782111606.602159','http://127.0.0.1:43293/archives/C0OPS00001/p1782111606602159',1,12,'null',NULL,'null');
INSERT INTO "post" VALUES(3,1,'card','2',1,'posted',1,'2026-06-22 07:00:07.951774','2026-06-22 07:00:07.951774','1782111608.009564','http://127.0.0.1:43293/archives/C0OPS00001/p1782111608009564',2,6,'null',NULL,'null');
INSERT INTO "post" VALUES(4,1,'card','3',1,'posted',1,'2026-06-22 07:00:09.408591','2026-06-22 07:00:09.408591','1782111609.526163','http://127.0.0.1:43293/archives/C0OPS00001/p1782111609526163',3,7,'null',NULL,'null');
INSERT INTO "post" VALUES(5,1,'card','4',1,'posted',1,'2026-06-22 07:00:10.979169','2026-06-22 07:00:10.979169','1782111611.131836','http://127.0.0.1:43293/archives/C0OPS00001/p1782111611131836',4,4,'null',NULL,'null');
INSERT INTO "post" VALUES(6,1,'card','5',1,'posted',1,'2026-06-22 07:00:11.408596','2026-06-22 07:00:11.408596','1782111611.430294','http://127.0.0.1:43293/archives/C0OPS00001/p1782111611430294',5,4,'null',NULL,'null');
INSERT INTO "post" VALUES(7,1,'card','6',1,'posted',1,'2026-06-22 07:00:12.222589','2026-06-22 07:00:12.222589','1782111612.269065','http://127.0.0.1:43293/archives/C0OPS00001/p1782111612269065',6,5,'null',NULL,'null');
INSERT INTO "post" VALUES(8,1,'card','7',1,'posted',2,'2026-06-22 07:00:14.272100','2026-06-22 07:00:14.272100','1782111614.323612','http://127.0.0.1:43293/archives/C0OPS00001/p1782111614323612',7,3,'null',NULL,'null');
INSERT INTO "post" VALUES(9,1,'card','8',1,'posted',1,'2026-06-22 07:00:15.128305','2026-06-22 07:00:15.128305','1782111615.303005','http://127.0.0.1:43293/archives/C0OPS00001/p1782111615303005',8,2,'null',NULL,'null');
INSERT INTO "post" VALUES(10,1,'card','9',1,'posted',2,'2026-06-22 07:00:18.316502','2026-06-22 07:00:18.316502','1782111618.402597','http://127.0.0.1:43293/archives/C0OPS00001/p1782111618402597',9,5,'null',NULL,'null');
INSERT INTO "post" VALUES(11,1,'dispute','5',1,'posted',1,'2026-06-22 07:00:33.948399','2026-06-22 07:00:33.948399','1782111633.967458',NULL,NULL,NULL,'null',NULL,'null');
INSERT INTO "post" VALUES(12,1,'digest','2026-W26',1,'posted',1,'2026-06-22 07:30:23.625398','2026-06-22 07:30:23.625398','1782113423.816357',NULL,NULL,NULL,'{"1": 1, "2": 2, "5": 3, "3": 4}',NULL,'[]');
INSERT INTO "post" VALUES(13,1,'retrospective','2026-04-01',1,'posted',1,'2026-06-26 07:30:23.979048','2026-06-26 07:30:23.979048','1782459024.106128',NULL,NULL,11,'null',NULL,'null');
INSERT INTO "post" VALUES(14,1,'digest','2026-W27',1,'posted',1,'2026-06-29 07:30:14.466723','2026-06-29 07:30:14.466723','1782718214.546835',NULL,NULL,NULL,'{"1": 1, "2": 2, "5": 3, "3": 4}',NULL,'[]');
INSERT INTO "post" VALUES(15,1,'roadmap','2026-07-01',1,'posted',1,'2026-07-01 07:30:24.840984','2026-07-01 07:30:24.840984','1782891024.887815',NULL,NULL,12,'null',NULL,'null');
INSERT INTO "post" VALUES(16,1,'digest','2026-W28',1,'posted',1,'2026-07-06 07:30:16.271443','2026-07-06 07:30:16.271443','1783323016.393648',NULL,NULL,NULL,'{"1": 1, "5": 2, "3": 3}',NULL,'[2]');
INSERT INTO "post" VALUES(17,1,'digest','2026-W29',1,'posted',1,'2026-07-13 07:30:17.578253','2026-07-13 07:30:17.578253','1783927817.682574',NULL,NULL,NULL,'{"1": 1, "5": 2, "3": 3}',NULL,'[]');
INSERT INTO "post" VALUES(18,1,'fire','1',1,'posted',1,'2026-07-13 08:05:16.186006','2026-07-13 08:05:16.186006','1783929916.199308',NULL,NULL,NULL,'null',NULL,'null');
INSERT INTO "post" VALUES(19,1,'nudge','U0ANA00000:2026-W29',1,'posted',1,'2026-07-14 08:05:17.047402','2026-07-14 08:05:17.047402',NULL,NULL,NULL,NULL,'null','U0ANA00000','null');
INSERT INTO "post" VALUES(20,1,'nudge','U0BEN00000:2026-W29',1,'posted',1,'2026-07-14 08:05:17.910737','2026-07-14 08:05:17.910737',NULL,NULL,NULL,NULL,'null','U0BEN00000','null');
INSERT INTO "post" VALUES(21,1,'nudge','U0CHLOE000:2026-W29',1,'posted',1,'2026-07-14 08:05:19.395504','2026-07-14 08:05:19.395504',NULL,NULL,NULL,NULL,'null','U0CHLOE000','null');
INSERT INTO "post" VALUES(22,1,'nudge','U0DEV00000:2026-W29',1,'posted',1,'2026-07-14 08:05:19.723985','2026-07-14 08:05:19.723985',NULL,NULL,NULL,NULL,'null','U0DEV00000','null');
INSERT INTO "post" VALUES(23,1,'nudge','U0ELI00000:2026-W29',1,'posted',1,'2026-07-14 08:05:21.240535','2026-07-14 08:05:21.240535',NULL,NULL,NULL,NULL,'null','U0ELI00000','null');
INSERT INTO "post" VALUES(24,1,'nudge','U0FATIMA00:2026-W29',1,'posted',1,'2026-07-14 08:05:22.583370','2026-07-14 08:05:22.583370',NULL,NULL,NULL,NULL,'null','U0FATIMA00','null');
INSERT INTO "post" VALUES(25,1,'nudge','U0GUS00000:2026-W29',1,'posted',1,'2026-07-14 08:05:22.842574','2026-07-14 08:05:22.842574',NULL,NULL,NULL,NULL,'null','U0GUS00000','null');
INSERT INTO "post" VALUES(26,1,'nudge','U0MIA00000:2026-W29',1,'posted',1,'2026-07-14 08:05:23.089587','2026-07-14 08:05:23.089587',NULL,NULL,NULL,NULL,'null','U0MIA00000','null');
INSERT INTO "post" VALUES(27,1,'fire_out','1',1,'posted',1,'2026-07-14 08:05:38.907349','2026-07-14 08:05:38.907349','1784016338.976529',NULL,NULL,NULL,'null',NULL,'null');
INSERT INTO "post" VALUES(28,1,'digest','2026-W30',1,'posted',1,'2026-07-20 07:30:18.142212','2026-07-20 07:30:18.142212','1784532618.281844',NULL,NULL,NULL,'{"1": 1, "5": 2, "3": 3}',NULL,'[]');
INSERT INTO "post" VALUES(29,1,'fire','2',1,'posted',1,'2026-07-20 08:05:04.654421','2026-07-20 08:05:04.654421','1784534704.708836',NULL,NULL,NULL,'null',NULL,'null');
INSERT INTO "post" VALUES(30,1,'digest','2026-W31',1,'posted',1,'2026-07-27 07:30:21.895603','2026-07-27 07:30:21.895603','1785137422.002807',NULL,NULL,NULL,'{"1": 1, "5": 2, "3": 3}',NULL,'[]');
INSERT INTO "post" VALUES(31,1,'old_fire','U0BEN00000:2',1,'posted',1,'2026-07-28 08:05:14.339176','2026-07-28 08:05:14.339176',NULL,NULL,NULL,NULL,'null','U0BEN00000','null');
INSERT INTO "post" VALUES(32,1,'nudge','U0ANA00000:2026-W31',1,'posted',1,'2026-07-28 08:05:14.696360','2026-07-28 08:05:14.696360',NULL,NULL,NULL,NULL,'null','U0ANA00000','null');
INSERT INTO "post" VALUES(33,1,'nudge','U0BEN00000:2026-W31',1,'posted',1,'2026-07-28 08:05:18.208875','2026-07-28 08:05:18.208875',NULL,NULL,NULL,NULL,'null','U0BEN00000','null');
INSERT INTO "post" VALUES(34,1,'nudge','U0CHLOE000:2026-W31',1,'posted',1,'2026-07-28 08:05:18.352505','2026-07-28 08:05:18.352505',NULL,NULL,NULL,NULL,'null','U0CHLOE000','null');
INSERT INTO "post" VALUES(35,1,'nudge','U0DEV00000:2026-W31',1,'posted',1,'2026-07-28 08:05:18.555975','2026-07-28 08:05:18.555975',NULL,NULL,NULL,NULL,'null','U0DEV00000','null');
INSERT INTO "post" VALUES(36,1,'nudge','U0ELI00000:2026-W31',1,'posted',1,'2026-07-28 08:05:18.741759','2026-07-28 08:05:18.741759',NULL,NULL,NULL,NULL,'null','U0ELI00000','null');
INSERT INTO "post" VALUES(37,1,'nudge','U0FATIMA00:2026-W31',1,'posted',1,'2026-07-28 08:05:20.019950','2026-07-28 08:05:20.019950',NULL,NULL,NULL,NULL,'null','U0FATIMA00','null');
INSERT INTO "post" VALUES(38,1,'nudge','U0GUS00000:2026-W31',1,'posted',1,'2026-07-28 08:05:20.624507','2026-07-28 08:05:20.624507',NULL,NULL,NULL,NULL,'null','U0GUS00000','null');
INSERT INTO "post" VALUES(39,1,'nudge','U0MIA00000:2026-W31',1,'posted',1,'2026-07-28 08:05:20.962348','2026-07-28 08:05:20.962348',NULL,NULL,NULL,NULL,'null','U0MIA00000','null');
INSERT INTO "post" VALUES(40,1,'fire','3',1,'posted',1,'2026-07-28 08:05:22.355444','2026-07-28 08:05:22.355444','1785225922.426487',NULL,NULL,NULL,'null',NULL,'null');
INSERT INTO "post" VALUES(41,1,'digest','2026-W32',1,'posted',1,'2026-08-03 07:30:18.654662','2026-08-03 07:30:18.654662','1785742218.704433',NULL,NULL,NULL,'{"1": 1, "5": 2, "3": 3}',NULL,'[]');
INSERT INTO "post" VALUES(42,1,'payback','2:30:2026-07-01',1,'posted',1,'2026-08-03 07:30:18.860850','2026-08-03 07:30:18.860850','1785742218.907503',NULL,2,NULL,'null',NULL,'null');
INSERT INTO "post" VALUES(43,1,'outcome','U0ANA00000:2:2026-07-01',1,'posted',1,'2026-08-03 07:30:20.037570','2026-08-03 07:30:20.037570',NULL,NULL,2,NULL,'null','U0ANA00000','null');
INSERT INTO "post" VALUES(44,1,'outcome','U0DEV00000:2:2026-07-01',1,'posted',1,'2026-08-03 07:30:21.270428','2026-08-03 07:30:21.270428',NULL,NULL,2,NULL,'null','U0DEV00000','null');
INSERT INTO "post" VALUES(45,1,'outcome','U0MIA00000:2:2026-07-01',1,'posted',1,'2026-08-03 07:30:22.939734','2026-08-03 07:30:22.939734',NULL,NULL,2,NULL,'null','U0MIA00000','null');
INSERT INTO "post" VALUES(46,1,'draft','1',1,'posted',1,'2026-08-03 08:05:03.812330','2026-08-03 08:05:03.812330','1785744303.900516','http://127.0.0.1:43293/archives/C0OPS00001/p1785744303900516',NULL,3,'null',NULL,'null');
INSERT INTO "post" VALUES(47,1,'old_fire','U0FATIMA00:3',1,'posted',1,'2026-08-05 09:05:14.770073','2026-08-05 09:05:14.770073',NULL,NULL,NULL,NULL,'null','U0FATIMA00','null');
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
INSERT INTO "project" VALUES(1,1,1,'V0DG53GQ34F','U0MIA00000','2026-06-22 07:00:05.756732','{"title": "Retire the last NAT box", "summary": "It pages us, it costs us, and nobody remembers why it is there.", "effort_weeks": 4.0, "steps": ["Gateways beside it", "Move the batch VPC", "Switch it off"], "toil_source": "nat-1", "toil_per_month": 9, "software_added": "", "software_removed": "the NAT instance"}',12,'started','','U0MIA00000','2026-07-01 08:05:01.666575',NULL,'["Gateways beside it"]','');
INSERT INTO "project" VALUES(2,1,2,'V03OC0EBE93','U0ANA00000','2026-06-22 07:00:07.268250','{"title": "Rotate every long-lived key", "summary": "It pages us, it costs us, and nobody remembers why it is there.", "effort_weeks": 3.0, "steps": [], "toil_source": "stale-keys", "toil_per_month": 4, "software_added": "", "software_removed": ""}',6,'shipped','','U0ANA00000','2026-07-01 08:05:04.668886',NULL,'[]','');
INSERT INTO "project" VALUES(3,1,3,'V0RR5Y57EXW','U0BEN00000','2026-06-22 07:00:08.811711','{"title": "Right-size the worker fleet", "summary": "It pages us, it costs us, and nobody remembers why it is there.", "effort_weeks": 2.0, "steps": [], "toil_source": "", "toil_per_month": null, "software_added": "a scaler", "software_removed": ""}',7,'open','',NULL,NULL,NULL,'[]','');
INSERT INTO "project" VALUES(4,1,4,'V0IWGWC4OZE','U0CHLOE000','2026-06-22 07:00:10.395685','{"title": "Turn off TLS between services", "summary": "It pages us, it costs us, and nobody remembers why it is there.", "effort_weeks": 1.0, "steps": [], "toil_source": "", "toil_per_month": null, "software_added": "", "software_removed": ""}',4,'open','',NULL,NULL,NULL,'[]','');
INSERT INTO "project" VALUES(5,1,5,'V057KCOEOO2','U0DEV00000','2026-06-22 07:00:11.206641','{"title": "Page on symptoms, not on machines", "summary": "It pages us, it costs us, and nobody remembers why it is there.", "effort_weeks": 8.0, "steps": ["List the pages", "Write the symptoms"], "toil_source": "", "toil_per_month": null, "software_added": "", "software_removed": ""}',4,'open','',NULL,NULL,NULL,'[]','');
INSERT INTO "project" VALUES(6,1,6,'V0Y0UXG4QBD','U0GUS00000','2026-06-22 07:00:11.513979','{"title": "Rename the build jobs", "summary": "It pages us, it costs us, and nobody remembers why it is there.", "effort_weeks": 2.0, "steps": [], "toil_source": "", "toil_per_month": null, "software_added": "", "software_removed": ""}',5,'open','',NULL,NULL,NULL,'[]','');
INSERT INTO "project" VALUES(7,1,7,'V0EUPQXON3O','U0GUS00000','2026-06-22 07:00:11.976693','{"title": "Mirror the package registry", "summary": "It pages us, it costs us, and nobody remembers why it is there.", "effort_weeks": 1.0, "steps": [], "toil_source": "", "toil_per_month": null, "software_added": "", "software_removed": ""}',3,'merged','','U0GUS00000','2026-07-01 08:05:06.602870',9,'[]','');
INSERT INTO "project" VALUES(8,1,8,'V0YR8649Y9K','U0DEV00000','2026-06-22 07:00:12.778466','{"title": "Paint the racks", "summary": "It pages us, it costs us, and nobody remembers why it is there.", "effort_weeks": 1.0, "steps": [], "toil_source": "", "toil_per_month": null, "software_added": "", "software_removed": ""}',2,'handed_off','It moves none of our values.','U0MIA00000','2026-07-01 08:05:08.139143',NULL,'[]','Facilities: ask in #random.');
INSERT INTO "project" VALUES(9,1,9,'V0S0RFP1HJU','U0FATIMA00','2026-06-22 07:00:12.987026','{"title": "Cache dependency downloads", "summary": "It pages us, it costs us, and nobody remembers why it is there.", "effort_weeks": 2.0, "steps": [], "toil_source": "", "toil_per_month": null, "software_added": "", "software_removed": ""}',5,'open','',NULL,NULL,NULL,'[]','');
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
INSERT INTO "reaction" VALUES(1,'1782111606.602159','U0ANA00000','+1',1,1782111616284580);
INSERT INTO "reaction" VALUES(1,'1782111606.602159','U0ELI00000','green_heart',1,1782111616402146);
INSERT INTO "reaction" VALUES(1,'1782111606.602159','U0CHLOE000','+1::skin-tone-3',1,1782111616367983);
INSERT INTO "reaction" VALUES(1,'1782111606.602159','U0ELI00000','+1',1,1782111616346162);
INSERT INTO "reaction" VALUES(1,'1782111606.602159','U0GUS00000','green_heart',1,1782111616457444);
INSERT INTO "reaction" VALUES(1,'1782111608.009564','U0BEN00000','+1',1,1782111622261826);
INSERT INTO "reaction" VALUES(1,'1782111609.526163','U0GUS00000','+1',1,1782111626751509);
INSERT INTO "reaction" VALUES(1,'1782111609.526163','U0DEV00000','+1',1,1782111626769787);
INSERT INTO "reaction" VALUES(1,'1782111609.526163','U0ELI00000','moneybag',1,1782111626738254);
INSERT INTO "reaction" VALUES(1,'1782111612.269065','U0FATIMA00','gear',1,1782111635097652);
INSERT INTO "reaction" VALUES(1,'1782111614.323612','U0DEV00000','+1',1,1782111636376935);
INSERT INTO "reaction" VALUES(1,'1782111618.402597','U0BEN00000','gear',1,1782111640531322);
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
INSERT INTO "roadmap" VALUES(1,1,'2026-04-01',1,'{"people": 1.0, "weeks": 13, "weeks_away": 0.0, "planned_share": 0.82, "carried_over": 0}','U0MIA00000','2026-06-22 07:01:00.978906');
INSERT INTO "roadmap" VALUES(2,1,'2026-07-01',1,'{"people": 1.0, "weeks": 13, "weeks_away": 0.0, "planned_share": 0.82, "carried_over": 9.0}','U0MIA00000','2026-07-01 08:05:00.547240');
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
INSERT INTO "roadmap_change" VALUES(1,2,5,1,'the pages cost us more','U0MIA00000','2026-07-13 08:05:00.576921');
INSERT INTO "roadmap_change" VALUES(2,2,3,0,'the pages cost us more','U0MIA00000','2026-07-13 08:05:00.576921');
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
INSERT INTO "score" VALUES(1,'U0MIA00000','security',1,'2026-06-22 07:00:13.351242');
INSERT INTO "score" VALUES(1,'U0MIA00000','availability',3,'2026-06-22 07:00:13.351242');
INSERT INTO "score" VALUES(1,'U0MIA00000','performance',0,'2026-06-22 07:00:13.351242');
INSERT INTO "score" VALUES(1,'U0MIA00000','scalability',0,'2026-06-22 07:00:13.351242');
INSERT INTO "score" VALUES(1,'U0MIA00000','cost',1,'2026-06-22 07:00:13.351242');
INSERT INTO "score" VALUES(1,'U0MIA00000','efficiency',0,'2026-06-22 07:00:13.351242');
INSERT INTO "score" VALUES(1,'U0ANA00000','security',0,'2026-06-22 07:00:14.241303');
INSERT INTO "score" VALUES(1,'U0ANA00000','availability',3,'2026-06-22 07:00:14.241303');
INSERT INTO "score" VALUES(1,'U0ANA00000','performance',0,'2026-06-22 07:00:14.241303');
INSERT INTO "score" VALUES(1,'U0ANA00000','scalability',2,'2026-06-22 07:00:14.241303');
INSERT INTO "score" VALUES(1,'U0ANA00000','cost',0,'2026-06-22 07:00:14.241303');
INSERT INTO "score" VALUES(1,'U0ANA00000','efficiency',0,'2026-06-22 07:00:14.241303');
INSERT INTO "score" VALUES(1,'U0BEN00000','security',0,'2026-06-22 07:00:15.676020');
INSERT INTO "score" VALUES(1,'U0BEN00000','availability',2,'2026-06-22 07:00:15.676020');
INSERT INTO "score" VALUES(1,'U0BEN00000','performance',0,'2026-06-22 07:00:15.676020');
INSERT INTO "score" VALUES(1,'U0BEN00000','scalability',0,'2026-06-22 07:00:15.676020');
INSERT INTO "score" VALUES(1,'U0BEN00000','cost',0,'2026-06-22 07:00:15.676020');
INSERT INTO "score" VALUES(1,'U0BEN00000','efficiency',1,'2026-06-22 07:00:15.676020');
INSERT INTO "score" VALUES(2,'U0MIA00000','security',3,'2026-06-22 07:00:18.805344');
INSERT INTO "score" VALUES(2,'U0MIA00000','availability',0,'2026-06-22 07:00:18.805344');
INSERT INTO "score" VALUES(2,'U0MIA00000','performance',0,'2026-06-22 07:00:18.805344');
INSERT INTO "score" VALUES(2,'U0MIA00000','scalability',0,'2026-06-22 07:00:18.805344');
INSERT INTO "score" VALUES(2,'U0MIA00000','cost',0,'2026-06-22 07:00:18.805344');
INSERT INTO "score" VALUES(2,'U0MIA00000','efficiency',0,'2026-06-22 07:00:18.805344');
INSERT INTO "score" VALUES(2,'U0ANA00000','security',3,'2026-06-22 07:00:20.385632');
INSERT INTO "score" VALUES(2,'U0ANA00000','availability',0,'2026-06-22 07:00:20.385632');
INSERT INTO "score" VALUES(2,'U0ANA00000','performance',0,'2026-06-22 07:00:20.385632');
INSERT INTO "score" VALUES(2,'U0ANA00000','scalability',0,'2026-06-22 07:00:20.385632');
INSERT INTO "score" VALUES(2,'U0ANA00000','cost',0,'2026-06-22 07:00:20.385632');
INSERT INTO "score" VALUES(2,'U0ANA00000','efficiency',-1,'2026-06-22 07:00:20.385632');
INSERT INTO "score" VALUES(2,'U0DEV00000','security',2,'2026-06-22 07:00:21.358607');
INSERT INTO "score" VALUES(2,'U0DEV00000','availability',0,'2026-06-22 07:00:21.358607');
INSERT INTO "score" VALUES(2,'U0DEV00000','performance',0,'2026-06-22 07:00:21.358607');
INSERT INTO "score" VALUES(2,'U0DEV00000','scalability',0,'2026-06-22 07:00:21.358607');
INSERT INTO "score" VALUES(2,'U0DEV00000','cost',0,'2026-06-22 07:00:21.358607');
INSERT INTO "score" VALUES(2,'U0DEV00000','efficiency',0,'2026-06-22 07:00:21.358607');
INSERT INTO "score" VALUES(3,'U0MIA00000','security',0,'2026-06-22 07:00:24.773514');
INSERT INTO "score" VALUES(3,'U0MIA00000','availability',0,'2026-06-22 07:00:24.773514');
INSERT INTO "score" VALUES(3,'U0MIA00000','performance',0,'2026-06-22 07:00:24.773514');
INSERT INTO "score" VALUES(3,'U0MIA00000','scalability',0,'2026-06-22 07:00:24.773514');
INSERT INTO "score" VALUES(3,'U0MIA00000','cost',3,'2026-06-22 07:00:24.773514');
INSERT INTO "score" VALUES(3,'U0MIA00000','efficiency',0,'2026-06-22 07:00:24.773514');
INSERT INTO "score" VALUES(3,'U0BEN00000','security',0,'2026-06-22 07:00:25.653357');
INSERT INTO "score" VALUES(3,'U0BEN00000','availability',0,'2026-06-22 07:00:25.653357');
INSERT INTO "score" VALUES(3,'U0BEN00000','performance',-1,'2026-06-22 07:00:25.653357');
INSERT INTO "score" VALUES(3,'U0BEN00000','scalability',0,'2026-06-22 07:00:25.653357');
INSERT INTO "score" VALUES(3,'U0BEN00000','cost',2,'2026-06-22 07:00:25.653357');
INSERT INTO "score" VALUES(3,'U0BEN00000','efficiency',0,'2026-06-22 07:00:25.653357');
INSERT INTO "score" VALUES(3,'U0GUS00000','security',0,'2026-06-22 07:00:26.244752');
INSERT INTO "score" VALUES(3,'U0GUS00000','availability',0,'2026-06-22 07:00:26.244752');
INSERT INTO "score" VALUES(3,'U0GUS00000','performance',0,'2026-06-22 07:00:26.244752');
INSERT INTO "score" VALUES(3,'U0GUS00000','scalability',0,'2026-06-22 07:00:26.244752');
INSERT INTO "score" VALUES(3,'U0GUS00000','cost',2,'2026-06-22 07:00:26.244752');
INSERT INTO "score" VALUES(3,'U0GUS00000','efficiency',1,'2026-06-22 07:00:26.244752');
INSERT INTO "score" VALUES(4,'U0MIA00000','security',-3,'2026-06-22 07:00:27.694576');
INSERT INTO "score" VALUES(4,'U0MIA00000','availability',0,'2026-06-22 07:00:27.694576');
INSERT INTO "score" VALUES(4,'U0MIA00000','performance',1,'2026-06-22 07:00:27.694576');
INSERT INTO "score" VALUES(4,'U0MIA00000','scalability',0,'2026-06-22 07:00:27.694576');
INSERT INTO "score" VALUES(4,'U0MIA00000','cost',0,'2026-06-22 07:00:27.694576');
INSERT INTO "score" VALUES(4,'U0MIA00000','efficiency',0,'2026-06-22 07:00:27.694576');
INSERT INTO "score" VALUES(4,'U0ANA00000','security',-3,'2026-06-22 07:00:29.300991');
INSERT INTO "score" VALUES(4,'U0ANA00000','availability',0,'2026-06-22 07:00:29.300991');
INSERT INTO "score" VALUES(4,'U0ANA00000','performance',2,'2026-06-22 07:00:29.300991');
INSERT INTO "score" VALUES(4,'U0ANA00000','scalability',0,'2026-06-22 07:00:29.300991');
INSERT INTO "score" VALUES(4,'U0ANA00000','cost',0,'2026-06-22 07:00:29.300991');
INSERT INTO "score" VALUES(4,'U0ANA00000','efficiency',0,'2026-06-22 07:00:29.300991');
INSERT INTO "score" VALUES(4,'U0BEN00000','security',-2,'2026-06-22 07:00:30.335505');
INSERT INTO "score" VALUES(4,'U0BEN00000','availability',0,'2026-06-22 07:00:30.335505');
INSERT INTO "score" VALUES(4,'U0BEN00000','performance',2,'2026-06-22 07:00:30.335505');
INSERT INTO "score" VALUES(4,'U0BEN00000','scalability',0,'2026-06-22 07:00:30.335505');
INSERT INTO "score" VALUES(4,'U0BEN00000','cost',0,'2026-06-22 07:00:30.335505');
INSERT INTO "score" VALUES(4,'U0BEN00000','efficiency',0,'2026-06-22 07:00:30.335505');
INSERT INTO "score" VALUES(5,'U0MIA00000','security',0,'2026-06-22 07:00:31.758185');
INSERT INTO "score" VALUES(5,'U0MIA00000','availability',3,'2026-06-22 07:00:31.758185');
INSERT INTO "score" VALUES(5,'U0MIA00000','performance',0,'2026-06-22 07:00:31.758185');
INSERT INTO "score" VALUES(5,'U0MIA00000','scalability',0,'2026-06-22 07:00:31.758185');
INSERT INTO "score" VALUES(5,'U0MIA00000','cost',0,'2026-06-22 07:00:31.758185');
INSERT INTO "score" VALUES(5,'U0MIA00000','efficiency',2,'2026-06-22 07:00:31.758185');
INSERT INTO "score" VALUES(5,'U0DEV00000','security',0,'2026-06-22 07:00:32.246996');
INSERT INTO "score" VALUES(5,'U0DEV00000','availability',3,'2026-06-22 07:00:32.246996');
INSERT INTO "score" VALUES(5,'U0DEV00000','performance',0,'2026-06-22 07:00:32.246996');
INSERT INTO "score" VALUES(5,'U0DEV00000','scalability',0,'2026-06-22 07:00:32.246996');
INSERT INTO "score" VALUES(5,'U0DEV00000','cost',0,'2026-06-22 07:00:32.246996');
INSERT INTO "score" VALUES(5,'U0DEV00000','efficiency',3,'2026-06-22 07:00:32.246996');
INSERT INTO "score" VALUES(5,'U0ELI00000','security',0,'2026-06-22 07:00:32.781033');
INSERT INTO "score" VALUES(5,'U0ELI00000','availability',-3,'2026-06-22 07:00:32.781033');
INSERT INTO "score" VALUES(5,'U0ELI00000','performance',0,'2026-06-22 07:00:32.781033');
INSERT INTO "score" VALUES(5,'U0ELI00000','scalability',0,'2026-06-22 07:00:32.781033');
INSERT INTO "score" VALUES(5,'U0ELI00000','cost',0,'2026-06-22 07:00:32.781033');
INSERT INTO "score" VALUES(5,'U0ELI00000','efficiency',1,'2026-06-22 07:00:32.781033');
INSERT INTO "score" VALUES(6,'U0GUS00000','security',0,'2026-06-22 07:01:02.662059');
INSERT INTO "score" VALUES(6,'U0GUS00000','availability',0,'2026-06-22 07:01:02.662059');
INSERT INTO "score" VALUES(6,'U0GUS00000','performance',0,'2026-06-22 07:01:02.662059');
INSERT INTO "score" VALUES(6,'U0GUS00000','scalability',0,'2026-06-22 07:01:02.662059');
INSERT INTO "score" VALUES(6,'U0GUS00000','cost',0,'2026-06-22 07:01:02.662059');
INSERT INTO "score" VALUES(6,'U0GUS00000','efficiency',1,'2026-06-22 07:01:02.662059');
INSERT INTO "score" VALUES(9,'U0ANA00000','security',0,'2026-06-22 07:00:38.047492');
INSERT INTO "score" VALUES(9,'U0ANA00000','availability',0,'2026-06-22 07:00:38.047492');
INSERT INTO "score" VALUES(9,'U0ANA00000','performance',0,'2026-06-22 07:00:38.047492');
INSERT INTO "score" VALUES(9,'U0ANA00000','scalability',0,'2026-06-22 07:00:38.047492');
INSERT INTO "score" VALUES(9,'U0ANA00000','cost',0,'2026-06-22 07:00:38.047492');
INSERT INTO "score" VALUES(9,'U0ANA00000','efficiency',2,'2026-06-22 07:00:38.047492');
INSERT INTO "score" VALUES(9,'U0FATIMA00','security',0,'2026-06-22 07:00:39.491929');
INSERT INTO "score" VALUES(9,'U0FATIMA00','availability',0,'2026-06-22 07:00:39.491929');
INSERT INTO "score" VALUES(9,'U0FATIMA00','performance',0,'2026-06-22 07:00:39.491929');
INSERT INTO "score" VALUES(9,'U0FATIMA00','scalability',0,'2026-06-22 07:00:39.491929');
INSERT INTO "score" VALUES(9,'U0FATIMA00','cost',0,'2026-06-22 07:00:39.491929');
INSERT INTO "score" VALUES(9,'U0FATIMA00','efficiency',3,'2026-06-22 07:00:39.491929');
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
INSERT INTO "toil" VALUES(1,1,'command:145274887839.6296840487.609fe3fafc85580af43099cfb3dfd42e','page','nat-1',45,'2026-06-22 07:00:41.124279',0,'failover','U0DEV00000');
INSERT INTO "toil" VALUES(2,1,'command:90654839134.3892450198.aee4daab30f83806460d4351f36d97d7','page','nat-1',45,'2026-06-22 07:00:42.002643',0,'failover','U0DEV00000');
INSERT INTO "toil" VALUES(3,1,'command:318154137326.7686923753.d67bcf0e4c6e8ca1bc9ffe3f55d82ff2','page','nat-1',45,'2026-06-22 07:00:42.635609',0,'failover','U0DEV00000');
INSERT INTO "toil" VALUES(4,1,'command:500886105181.2509904707.88524d6382136853e035238a691ebc2b','page','db-primary',30,'2026-07-28 08:05:22.139726',0,'replica lag','U0DEV00000');
INSERT INTO "toil" VALUES(5,1,'command:591825206714.1082484982.aff387be9b2f4007e2b655f25734f122','page','db-primary',30,'2026-07-28 08:05:22.330784',0,'replica lag','U0DEV00000');
INSERT INTO "toil" VALUES(6,1,'command:255412622533.432619649.d0fb8af3aadba047d83e9c196743b723','page','db-primary',30,'2026-07-28 08:05:22.415448',0,'replica lag','U0DEV00000');
INSERT INTO "toil" VALUES(7,1,'command:345055218846.829270546.fc879bbb4065717d82fcd0d8acbcc026','page','db-primary',30,'2026-07-28 08:05:22.445504',0,'replica lag','U0DEV00000');
INSERT INTO "toil" VALUES(8,1,'command:19379408996.9786127902.e56adf6f0f8b3b554d8e2976d1c42325','page','db-primary',30,'2026-07-28 08:05:22.462347',0,'replica lag','U0DEV00000');
INSERT INTO "toil" VALUES(9,1,'command:77365892816.8151559657.d93e773d309d494b6370a23a13bb07f2','interrupt','certificate',50,'2026-07-28 08:05:22.507432',0,'it ran out','U0ANA00000');
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
