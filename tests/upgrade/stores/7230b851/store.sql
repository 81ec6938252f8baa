BEGIN TRANSACTION;
CREATE TABLE act (
	trigger_id VARCHAR NOT NULL, 
	taken_at DATETIME NOT NULL, 
	CONSTRAINT pk_act PRIMARY KEY (trigger_id)
);
INSERT INTO "act" VALUES('c4a6b44f138bfe9538a6f58146d98a64c568418e0779c0d0c0f43e48d8e0fb20','2026-08-05 09:05:00.856277');
INSERT INTO "act" VALUES('af7fdc61f9baaaeffd2f3b6ba2c369c0a89b0fc38ed030f8514a73b294f2e750','2026-08-05 11:05:00.261597');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0025');
CREATE TABLE answer (
	draft_id INTEGER NOT NULL, 
	person VARCHAR NOT NULL, 
	agrees BOOLEAN NOT NULL, 
	given_at DATETIME NOT NULL, 
	CONSTRAINT pk_answer PRIMARY KEY (draft_id, person), 
	CONSTRAINT fk_answer_draft_id_draft FOREIGN KEY(draft_id) REFERENCES draft (id)
);
INSERT INTO "answer" VALUES(1,'U0ANA00000',1,'2026-08-03 08:05:01.546806');
INSERT INTO "answer" VALUES(1,'U0BEN00000',0,'2026-08-03 08:05:01.878925');
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
	weeks_away FLOAT NOT NULL, 
	fiscal_start INTEGER NOT NULL, 
	stewards JSON NOT NULL, work_starts VARCHAR DEFAULT '09:00' NOT NULL, work_ends VARCHAR DEFAULT '18:00' NOT NULL, joined_at DATETIME, renamed_at DATETIME, digests_paused_until DATE, people FLOAT, full_members INTEGER, members_changed_at DATETIME, 
	CONSTRAINT pk_board PRIMARY KEY (id), 
	CONSTRAINT uq_board_team_id_channel_id UNIQUE (team_id, channel_id)
);
INSERT INTO "board" VALUES(1,'T0HARBOR01','C0OPS00001','2026-06-22 07:00:02.313234','U0MIA00000','ops','Europe/Amsterdam',0,'09:30',0.0,1,'["U0MIA00000"]','09:00','18:00',NULL,NULL,NULL,1.0,7,'2026-08-06 09:00:00.034712');
CREATE TABLE channel_member (
	board_id INTEGER NOT NULL, 
	person VARCHAR NOT NULL, 
	CONSTRAINT pk_channel_member PRIMARY KEY (board_id, person), 
	CONSTRAINT fk_channel_member_board_id_board FOREIGN KEY(board_id) REFERENCES board (id)
);
INSERT INTO "channel_member" VALUES(1,'U0ANA00000');
INSERT INTO "channel_member" VALUES(1,'U0BEN00000');
INSERT INTO "channel_member" VALUES(1,'U0CHLOE000');
INSERT INTO "channel_member" VALUES(1,'U0DEV00000');
INSERT INTO "channel_member" VALUES(1,'U0FATIMA00');
INSERT INTO "channel_member" VALUES(1,'U0GUS00000');
INSERT INTO "channel_member" VALUES(1,'U0MIA00000');
CREATE TABLE charter (
	board_id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	content JSON NOT NULL, 
	agreed_by JSON NOT NULL, 
	agreed_at DATETIME NOT NULL, by_upgrade BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_charter PRIMARY KEY (board_id, version), 
	CONSTRAINT fk_charter_board_id_board FOREIGN KEY(board_id) REFERENCES board (id)
);
INSERT INTO "charter" VALUES(1,1,'{"values": [{"key": "security", "emoji": "lock", "weight": 3.0, "number_one": true, "name": null, "rubric": "+3: closes an entry point that attackers could use today, or makes a kind of leak impossible."}, {"key": "availability", "emoji": "green_heart", "weight": 3.0, "number_one": true, "name": null, "rubric": "+3: a failure that takes customers down today would no longer affect them."}, {"key": "performance", "emoji": "zap", "weight": 1.0, "number_one": false, "name": null, "rubric": "+3: customers feel it: a path that most of them use becomes twice as fast."}, {"key": "scalability", "emoji": "chart_with_upwards_trend", "weight": 1.0, "number_one": false, "name": null, "rubric": "+3: removes the limit that we would reach first, with room for ten times the load."}, {"key": "cost", "emoji": "moneybag", "weight": 1.0, "number_one": false, "name": null, "rubric": "+3: takes at least a tenth off the monthly bill, and it stays off."}, {"key": "efficiency", "emoji": "gear", "weight": 1.0, "number_one": false, "name": null, "rubric": "+3: saves the team at least a day of manual work every week."}], "prior_people": 2.0, "moves_at": 0.5, "breadth_bonus": 0.1, "backing_bonus": 0.1, "quorum": 3, "quick_impact": 1, "reveal_after_days": 14}','["U0MIA00000"]','2026-06-22 07:00:02.313234',0);
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
INSERT INTO "draft" VALUES(1,1,1,'{"values": [{"key": "security", "emoji": "lock", "weight": 3.0, "number_one": true, "name": null, "rubric": "+3: closes an entry point that attackers could use today, or makes a kind of leak impossible."}, {"key": "availability", "emoji": "green_heart", "weight": 3.0, "number_one": true, "name": null, "rubric": "+3: a failure that takes customers down today would no longer affect them."}, {"key": "performance", "emoji": "zap", "weight": 1.0, "number_one": false, "name": null, "rubric": "+3: customers feel it: a path that most of them use becomes twice as fast."}, {"key": "scalability", "emoji": "chart_with_upwards_trend", "weight": 1.0, "number_one": false, "name": null, "rubric": "+3: removes the limit that we would reach first, with room for ten times the load."}, {"key": "cost", "emoji": "moneybag", "weight": 1.5, "number_one": false, "name": null, "rubric": "+3: takes at least a tenth off the monthly bill, and it stays off."}, {"key": "efficiency", "emoji": "gear", "weight": 1.0, "number_one": false, "name": null, "rubric": "+3: saves the team at least a day of manual work every week."}], "prior_people": 2.0, "moves_at": 0.5, "breadth_bonus": 0.1, "backing_bonus": 0.1, "quorum": 3, "quick_impact": 1, "reveal_after_days": 14}','The bill has doubled in a year.','U0MIA00000','2026-08-03 08:05:00.460245',NULL,NULL,NULL,'2026-08-03 08:05:00.650686',3);
CREATE TABLE fire (
	id INTEGER NOT NULL, 
	board_id INTEGER NOT NULL, 
	value VARCHAR NOT NULL, 
	what VARCHAR NOT NULL, 
	declared_by VARCHAR NOT NULL, 
	declared_at DATETIME NOT NULL, 
	cleared_by VARCHAR, 
	cleared_at DATETIME, reason_by VARCHAR, revision INTEGER DEFAULT '1' NOT NULL, 
	CONSTRAINT pk_fire PRIMARY KEY (id), 
	CONSTRAINT fk_fire_board_id_board FOREIGN KEY(board_id) REFERENCES board (id)
);
INSERT INTO "fire" VALUES(1,1,'cost','the bill has doubled','U0GUS00000','2026-07-13 08:05:00.184514','U0GUS00000','2026-07-14 08:05:00.044991',NULL,1);
INSERT INTO "fire" VALUES(2,1,'availability','two failovers','U0BEN00000','2026-07-20 08:05:00.060081',NULL,NULL,NULL,1);
INSERT INTO "fire" VALUES(3,1,'security','a token leaked','U0FATIMA00','2026-07-28 08:05:00.523541',NULL,NULL,NULL,1);
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
INSERT INTO "history" VALUES(1,1,'2026-07-01 08:05:00.168366','U0MIA00000','committed','Q3 2026');
INSERT INTO "history" VALUES(2,2,'2026-07-01 08:05:00.168366','U0MIA00000','committed','Q3 2026');
INSERT INTO "history" VALUES(3,3,'2026-07-01 08:05:00.168366','U0MIA00000','committed','Q3 2026');
INSERT INTO "history" VALUES(4,1,'2026-07-01 08:05:00.611879','U0MIA00000','started','');
INSERT INTO "history" VALUES(5,1,'2026-07-01 08:05:00.826765','U0MIA00000','step_done','Gateways beside it');
INSERT INTO "history" VALUES(6,2,'2026-07-01 08:05:01.028505','U0ANA00000','shipped','');
INSERT INTO "history" VALUES(7,9,'2026-07-01 08:05:01.344227','U0GUS00000','took_in','#7');
INSERT INTO "history" VALUES(8,7,'2026-07-01 08:05:01.344227','U0GUS00000','merged','#9');
INSERT INTO "history" VALUES(9,8,'2026-07-01 08:05:01.666329','U0MIA00000','handed_off','It moves none of our values. → Facilities: ask in #random.');
INSERT INTO "history" VALUES(10,6,'2026-07-01 08:05:01.828507','U0GUS00000','edited','effort: 1 → 2');
INSERT INTO "history" VALUES(11,5,'2026-07-13 08:05:00.111442','U0MIA00000','taken_in','Q3 2026: the pages cost us more');
INSERT INTO "history" VALUES(12,3,'2026-07-13 08:05:00.111442','U0MIA00000','taken_out','Q3 2026: the pages cost us more');
INSERT INTO "history" VALUES(13,9,'2026-08-05 11:05:00.261597','U0ELI00000','owner_set','U0ELI00000');
INSERT INTO "history" VALUES(14,9,'2026-08-05 11:05:01.557885','U0ELI00000','owner_left','U0ELI00000');
CREATE TABLE objection (
	draft_id INTEGER NOT NULL, 
	person VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	CONSTRAINT pk_objection PRIMARY KEY (draft_id, person), 
	CONSTRAINT fk_objection_draft_id_draft FOREIGN KEY(draft_id) REFERENCES draft (id)
);
CREATE TABLE outcome (
	project_id INTEGER NOT NULL, 
	person VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	impact INTEGER NOT NULL, 
	given_at DATETIME NOT NULL, 
	CONSTRAINT pk_outcome PRIMARY KEY (project_id, person, value), 
	CONSTRAINT fk_outcome_project_id_project FOREIGN KEY(project_id) REFERENCES project (id)
);
INSERT INTO "outcome" VALUES(2,'U0DEV00000','security',2,'2026-08-05 09:05:00.856277');
INSERT INTO "outcome" VALUES(2,'U0DEV00000','availability',0,'2026-08-05 09:05:00.856277');
INSERT INTO "outcome" VALUES(2,'U0DEV00000','performance',0,'2026-08-05 09:05:00.856277');
INSERT INTO "outcome" VALUES(2,'U0DEV00000','scalability',0,'2026-08-05 09:05:00.856277');
INSERT INTO "outcome" VALUES(2,'U0DEV00000','cost',0,'2026-08-05 09:05:00.856277');
INSERT INTO "outcome" VALUES(2,'U0DEV00000','efficiency',0,'2026-08-05 09:05:00.856277');
CREATE TABLE person (
	team_id VARCHAR NOT NULL, 
	user_id VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	time_zone VARCHAR, asked_at DATETIME, wants_nudges BOOLEAN DEFAULT 1 NOT NULL, changed_at DATETIME, name VARCHAR, 
	CONSTRAINT pk_person PRIMARY KEY (team_id, user_id)
);
INSERT INTO "person" VALUES('T0HARBOR01','U0MIA00000','member','Europe/Amsterdam',NULL,1,NULL,'Mia Okafor');
INSERT INTO "person" VALUES('T0HARBOR01','U0ANA00000','member','Europe/Amsterdam',NULL,1,NULL,'Ana Silva');
INSERT INTO "person" VALUES('T0HARBOR01','U0BEN00000','member','Europe/Amsterdam',NULL,1,NULL,'Ben Carter');
INSERT INTO "person" VALUES('T0HARBOR01','U0CHLOE000','member','Europe/Amsterdam',NULL,1,NULL,'Chloé Martin');
INSERT INTO "person" VALUES('T0HARBOR01','U0DEV00000','member','Europe/Amsterdam',NULL,1,NULL,'Dev Patel');
INSERT INTO "person" VALUES('T0HARBOR01','U0GUS00000','member','Europe/Amsterdam',NULL,1,NULL,'Gus Lindqvist');
INSERT INTO "person" VALUES('T0HARBOR01','U0FATIMA00','member','Europe/Amsterdam',NULL,1,NULL,'Fatima Zahra');
INSERT INTO "person" VALUES('T0HARBOR01','U0ELI00000','member','Europe/Amsterdam',NULL,1,NULL,'Eli Rosen');
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
	ranks JSON, person VARCHAR, shipped JSON, shippings JSON, 
	CONSTRAINT pk_post PRIMARY KEY (id), 
	CONSTRAINT fk_post_board_id_board FOREIGN KEY(board_id) REFERENCES board (id), 
	CONSTRAINT fk_post_project_id_project FOREIGN KEY(project_id) REFERENCES project (id), 
	CONSTRAINT uq_post_board_id_kind_subject_edition UNIQUE (board_id, kind, subject, edition), 
	CONSTRAINT uq_post_board_id_ts UNIQUE (board_id, ts)
);
INSERT INTO "post" VALUES(1,1,'introduction','',1,'posted',1,'2026-06-22 07:00:02.085608','2026-06-22 07:00:02.085608','1782111602.666347',NULL,NULL,NULL,'null',NULL,'null','null');
INSERT INTO "post" VALUES(2,1,'card','1',1,'posted',1,'2026-06-22 07:00:03.050323','2026-06-22 07:00:03.050323','1782111603.587859','http://127.0.0.1:45215/archives/C0OPS00001/p1782111603587859',1,13,'null',NULL,'null','null');
INSERT INTO "post" VALUES(3,1,'card','2',1,'posted',1,'2026-06-22 07:00:03.041434','2026-06-22 07:00:03.041434','1782111603.820040','http://127.0.0.1:45215/archives/C0OPS00001/p1782111603820040',2,6,'null',NULL,'null','null');
INSERT INTO "post" VALUES(4,1,'card','3',1,'posted',1,'2026-06-22 07:00:04.037928','2026-06-22 07:00:04.037928','1782111604.171151','http://127.0.0.1:45215/archives/C0OPS00001/p1782111604171151',3,8,'null',NULL,'null','null');
INSERT INTO "post" VALUES(5,1,'card','4',1,'posted',1,'2026-06-22 07:00:04.058114','2026-06-22 07:00:04.058114','1782111604.554835','http://127.0.0.1:45215/archives/C0OPS00001/p1782111604554835',4,5,'null',NULL,'null','null');
INSERT INTO "post" VALUES(6,1,'card','5',1,'posted',2,'2026-06-22 07:00:07.171296','2026-06-22 07:00:07.171296','1782111608.460724','http://127.0.0.1:45215/archives/C0OPS00001/p1782111608460724',5,5,'null',NULL,'null','null');
INSERT INTO "post" VALUES(7,1,'card','6',1,'posted',2,'2026-06-22 07:00:09.196739','2026-06-22 07:00:09.196739','1782111610.048192','http://127.0.0.1:45215/archives/C0OPS00001/p1782111610048192',6,6,'null',NULL,'null','null');
INSERT INTO "post" VALUES(8,1,'card','7',1,'posted',1,'2026-06-22 07:00:10.043414','2026-06-22 07:00:10.043414','1782111610.251417','http://127.0.0.1:45215/archives/C0OPS00001/p1782111610251417',7,3,'null',NULL,'null','null');
INSERT INTO "post" VALUES(9,1,'card','8',1,'posted',1,'2026-06-22 07:00:10.041406','2026-06-22 07:00:10.041406','1782111610.384622','http://127.0.0.1:45215/archives/C0OPS00001/p1782111610384622',8,2,'null',NULL,'null','null');
INSERT INTO "post" VALUES(10,1,'card','9',1,'posted',1,'2026-06-22 07:00:10.138314','2026-06-22 07:00:10.138314','1782111610.580142','http://127.0.0.1:45215/archives/C0OPS00001/p1782111610580142',9,8,'null',NULL,'null','null');
INSERT INTO "post" VALUES(11,1,'dispute','5',1,'posted',2,'2026-06-22 07:00:13.520768','2026-06-22 07:00:13.520768','1782111614.480956',NULL,5,5,'null',NULL,'null','null');
INSERT INTO "post" VALUES(12,1,'roadmap','2026-04-01',1,'posted',1,'2026-06-22 07:01:00.139608','2026-06-22 07:01:00.139608','1782111660.504146','http://127.0.0.1:45215/archives/C0OPS00001/p1782111660504146',NULL,583591968,'null',NULL,'null','null');
INSERT INTO "post" VALUES(13,1,'digest','2026-W26',1,'posted',1,'2026-06-22 07:30:00.072628','2026-06-22 07:30:00.072628','1782113400.196719',NULL,NULL,NULL,'{"1": 1, "2": 2, "5": 3, "3": 4}',NULL,'[]','{}');
INSERT INTO "post" VALUES(14,1,'retrospective','2026-04-01',1,'posted',1,'2026-06-26 07:30:00.156078','2026-06-26 07:30:00.156078','1782459000.351521',NULL,NULL,583591968,'null',NULL,'null','null');
INSERT INTO "post" VALUES(15,1,'digest','2026-W27',1,'posted',1,'2026-06-29 07:30:00.124457','2026-06-29 07:30:00.124457','1782718200.353768',NULL,NULL,NULL,'{"1": 1, "2": 2, "5": 3, "3": 4}',NULL,'[]','{}');
INSERT INTO "post" VALUES(16,1,'roadmap','2026-07-01',1,'posted',1,'2026-07-01 07:30:00.083714','2026-07-01 07:30:00.083714','1782891000.253666','http://127.0.0.1:45215/archives/C0OPS00001/p1782891000253666',NULL,1127787839,'null',NULL,'null','null');
INSERT INTO "post" VALUES(17,1,'update','1:1',1,'posted',1,'2026-07-01 08:05:00.000783','2026-07-01 08:05:00.000783','1782893101.044079',NULL,1,NULL,'null',NULL,'null','null');
INSERT INTO "post" VALUES(18,1,'update','2:2',1,'posted',1,'2026-07-01 08:05:01.107378','2026-07-01 08:05:01.107378','1782893101.197681',NULL,2,NULL,'null',NULL,'null','null');
INSERT INTO "post" VALUES(19,1,'update','3:3',1,'posted',1,'2026-07-01 08:05:01.100841','2026-07-01 08:05:01.100841','1782893101.372317',NULL,3,NULL,'null',NULL,'null','null');
INSERT INTO "post" VALUES(20,1,'roadmap_announcement','2026-07-01',1,'posted',1,'2026-07-01 08:05:02.072647','2026-07-01 08:05:02.072647','1782893102.266295',NULL,NULL,NULL,'null',NULL,'null','null');
INSERT INTO "post" VALUES(21,1,'update','1:4',1,'posted',1,'2026-07-01 08:05:02.040635','2026-07-01 08:05:02.040635','1782893102.325957',NULL,1,NULL,'null',NULL,'null','null');
INSERT INTO "post" VALUES(22,1,'update','1:5',1,'posted',2,'2026-07-01 08:05:05.959955','2026-07-01 08:05:05.959955','1782893106.478649',NULL,1,NULL,'null',NULL,'null','null');
INSERT INTO "post" VALUES(23,1,'update','2:6',1,'posted',1,'2026-07-01 08:05:06.035074','2026-07-01 08:05:06.035074','1782893106.537442',NULL,2,NULL,'null',NULL,'null','null');
INSERT INTO "post" VALUES(24,1,'update','9:7',1,'posted',1,'2026-07-01 08:05:06.037202','2026-07-01 08:05:06.037202','1782893106.603583',NULL,9,NULL,'null',NULL,'null','null');
INSERT INTO "post" VALUES(25,1,'update','7:8',1,'posted',2,'2026-07-01 08:05:07.081954','2026-07-01 08:05:07.081954','1782893107.772142',NULL,7,NULL,'null',NULL,'null','null');
INSERT INTO "post" VALUES(26,1,'update','8:9',1,'posted',1,'2026-07-01 08:05:07.042057','2026-07-01 08:05:07.042057','1782893107.839363',NULL,8,NULL,'null',NULL,'null','null');
INSERT INTO "post" VALUES(27,1,'update','6:10',1,'posted',2,'2026-07-01 08:05:11.073715','2026-07-01 08:05:11.073715','1782893111.982054',NULL,6,NULL,'null',NULL,'null','null');
INSERT INTO "post" VALUES(28,1,'nudge','U0ANA00000:2026-W27',1,'posted',1,'2026-07-03 07:30:00.014729','2026-07-03 07:30:00.014729',NULL,NULL,NULL,NULL,'null','U0ANA00000','null','null');
INSERT INTO "post" VALUES(29,1,'nudge','U0BEN00000:2026-W27',1,'posted',1,'2026-07-03 07:30:00.007391','2026-07-03 07:30:00.007391',NULL,NULL,NULL,NULL,'null','U0BEN00000','null','null');
INSERT INTO "post" VALUES(30,1,'nudge','U0CHLOE000:2026-W27',1,'posted',1,'2026-07-03 07:30:00.008743','2026-07-03 07:30:00.008743',NULL,NULL,NULL,NULL,'null','U0CHLOE000','null','null');
INSERT INTO "post" VALUES(31,1,'nudge','U0DEV00000:2026-W27',1,'posted',1,'2026-07-03 07:30:00.008141','2026-07-03 07:30:00.008141',NULL,NULL,NULL,NULL,'null','U0DEV00000','null','null');
INSERT INTO "post" VALUES(32,1,'nudge','U0ELI00000:2026-W27',1,'posted',1,'2026-07-03 07:30:00.014515','2026-07-03 07:30:00.014515',NULL,NULL,NULL,NULL,'null','U0ELI00000','null','null');
INSERT INTO "post" VALUES(33,1,'nudge','U0FATIMA00:2026-W27',1,'posted',1,'2026-07-03 07:30:00.009390','2026-07-03 07:30:00.009390',NULL,NULL,NULL,NULL,'null','U0FATIMA00','null','null');
INSERT INTO "post" VALUES(34,1,'nudge','U0GUS00000:2026-W27',1,'posted',1,'2026-07-03 07:30:00.012630','2026-07-03 07:30:00.012630',NULL,NULL,NULL,NULL,'null','U0GUS00000','null','null');
INSERT INTO "post" VALUES(35,1,'nudge','U0MIA00000:2026-W27',1,'posted',1,'2026-07-03 07:30:00.009434','2026-07-03 07:30:00.009434',NULL,NULL,NULL,NULL,'null','U0MIA00000','null','null');
INSERT INTO "post" VALUES(36,1,'digest','2026-W28',1,'posted',1,'2026-07-06 07:30:00.096705','2026-07-06 07:30:00.096705','1783323000.241975',NULL,NULL,NULL,'{"1": 1, "5": 2, "3": 3, "9": 4, "6": 5}',NULL,'[2]','{"2": "2026-07-01T08:05:01.028505+00:00"}');
INSERT INTO "post" VALUES(37,1,'digest','2026-W29',1,'posted',1,'2026-07-13 07:30:00.104365','2026-07-13 07:30:00.104365','1783927800.261745',NULL,NULL,NULL,'{"1": 1, "5": 2, "3": 3, "9": 4, "6": 5}',NULL,'[]','{}');
INSERT INTO "post" VALUES(38,1,'update','5:11',1,'posted',1,'2026-07-13 08:05:00.035400','2026-07-13 08:05:00.035400','1783929900.464025',NULL,5,NULL,'null',NULL,'null','null');
INSERT INTO "post" VALUES(39,1,'update','3:12',1,'posted',1,'2026-07-13 08:05:00.036759','2026-07-13 08:05:00.036759','1783929900.525640',NULL,3,NULL,'null',NULL,'null','null');
INSERT INTO "post" VALUES(40,1,'roadmap_change','1',1,'posted',1,'2026-07-13 08:05:00.059765','2026-07-13 08:05:00.059765','1783929900.612742',NULL,NULL,NULL,'null',NULL,'null','null');
INSERT INTO "post" VALUES(41,1,'fire','1',1,'posted',1,'2026-07-13 08:05:00.078857','2026-07-13 08:05:00.078857','1783929900.711915',NULL,NULL,1,'null',NULL,'null','null');
INSERT INTO "post" VALUES(42,1,'fire_out','1',1,'posted',1,'2026-07-14 08:05:00.030613','2026-07-14 08:05:00.030613','1784016300.372306',NULL,NULL,NULL,'null',NULL,'null','null');
INSERT INTO "post" VALUES(43,1,'digest','2026-W30',1,'posted',1,'2026-07-20 07:30:00.103871','2026-07-20 07:30:00.103871','1784532600.264850',NULL,NULL,NULL,'{"1": 1, "5": 2, "3": 3, "9": 4, "6": 5}',NULL,'[]','{}');
INSERT INTO "post" VALUES(44,1,'fire','2',1,'posted',1,'2026-07-20 08:05:00.035868','2026-07-20 08:05:00.035868','1784534700.424554',NULL,NULL,1,'null',NULL,'null','null');
INSERT INTO "post" VALUES(45,1,'digest','2026-W31',1,'posted',1,'2026-07-27 07:30:00.124464','2026-07-27 07:30:00.124464','1785137400.276629',NULL,NULL,NULL,'{"1": 1, "5": 2, "3": 3, "9": 4, "6": 5}',NULL,'[]','{}');
INSERT INTO "post" VALUES(46,1,'old_fire','U0BEN00000:2',1,'posted',1,'2026-07-28 08:05:00.005062','2026-07-28 08:05:00.005062',NULL,NULL,NULL,NULL,'null','U0BEN00000','null','null');
INSERT INTO "post" VALUES(47,1,'fire','3',1,'posted',1,'2026-07-28 08:05:00.149519','2026-07-28 08:05:00.149519','1785225901.191792',NULL,NULL,1,'null',NULL,'null','null');
INSERT INTO "post" VALUES(48,1,'digest','2026-W32',1,'posted',1,'2026-08-03 07:30:00.148933','2026-08-03 07:30:00.148933','1785742200.483248',NULL,NULL,NULL,'{"1": 1, "5": 2, "3": 3, "9": 4, "6": 5}',NULL,'[]','{}');
INSERT INTO "post" VALUES(49,1,'payback','2:30:2026-07-01',1,'posted',1,'2026-08-03 07:30:00.033158','2026-08-03 07:30:00.033158','1785742200.545583',NULL,2,NULL,'null',NULL,'null','null');
INSERT INTO "post" VALUES(50,1,'outcome','U0ANA00000:2:2026-07-01',1,'posted',1,'2026-08-03 07:30:00.015270','2026-08-03 07:30:00.015270',NULL,NULL,2,NULL,'null','U0ANA00000','null','null');
INSERT INTO "post" VALUES(51,1,'outcome','U0DEV00000:2:2026-07-01',1,'posted',1,'2026-08-03 07:30:00.046534','2026-08-03 07:30:00.046534',NULL,NULL,2,NULL,'null','U0DEV00000','null','null');
INSERT INTO "post" VALUES(52,1,'outcome','U0MIA00000:2:2026-07-01',1,'posted',1,'2026-08-03 07:30:01.042160','2026-08-03 07:30:01.042160',NULL,NULL,2,NULL,'null','U0MIA00000','null','null');
INSERT INTO "post" VALUES(53,1,'draft','1',1,'posted',1,'2026-08-03 08:05:01.125094','2026-08-03 08:05:01.125094','1785744301.492717','http://127.0.0.1:45215/archives/C0OPS00001/p1785744301492717',NULL,3,'null',NULL,'null','null');
INSERT INTO "post" VALUES(54,1,'old_fire','U0FATIMA00:3',1,'posted',1,'2026-08-05 09:05:00.015694','2026-08-05 09:05:00.015694',NULL,NULL,NULL,NULL,'null','U0FATIMA00','null','null');
INSERT INTO "post" VALUES(55,1,'update','9:13',1,'posted',1,'2026-08-05 11:05:01.102299','2026-08-05 11:05:01.102299','1785927901.249200',NULL,9,NULL,'null',NULL,'null','null');
INSERT INTO "post" VALUES(56,1,'update','9:14',1,'posted',1,'2026-08-05 11:05:02.046289','2026-08-05 11:05:02.046289','1785927902.086132',NULL,9,NULL,'null',NULL,'null','null');
INSERT INTO "post" VALUES(57,1,'owner_left','U0MIA00000:14',1,'posted',1,'2026-08-05 11:05:02.013823','2026-08-05 11:05:02.013823',NULL,NULL,NULL,NULL,'null','U0MIA00000','null','null');
CREATE TABLE project (
	id INTEGER NOT NULL, 
	board_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	origin VARCHAR NOT NULL, 
	proposer VARCHAR NOT NULL, 
	proposed_at DATETIME NOT NULL, 
	proposal JSON NOT NULL, 
	revision INTEGER NOT NULL, status VARCHAR DEFAULT 'open' NOT NULL, status_reason VARCHAR DEFAULT '' NOT NULL, status_by VARCHAR, status_at DATETIME, merged_into INTEGER REFERENCES project (id), steps_done JSON DEFAULT '[]' NOT NULL, handed_to VARCHAR DEFAULT '' NOT NULL, owner VARCHAR, revealed_at DATETIME, 
	CONSTRAINT pk_project PRIMARY KEY (id), 
	CONSTRAINT fk_project_board_id_board FOREIGN KEY(board_id) REFERENCES board (id), 
	CONSTRAINT uq_project_board_id_number UNIQUE (board_id, number), 
	CONSTRAINT uq_project_board_id_origin UNIQUE (board_id, origin)
);
INSERT INTO "project" VALUES(1,1,1,'V0XSRFBRA15','U0MIA00000','2026-06-22 07:00:03.258668','{"title": "Retire the last NAT box", "summary": "It pages us, it costs us, and nobody remembers why it is there.", "effort_weeks": 4.0, "steps": ["Gateways beside it", "Move the batch VPC", "Switch it off"], "toil_source": "nat-1", "toil_per_month": 9, "software_added": "", "software_removed": "the NAT instance", "link": ""}',13,'started','','U0MIA00000','2026-07-01 08:05:00.611879',NULL,'["Gateways beside it"]','',NULL,'2026-07-06 09:30:00.000040');
INSERT INTO "project" VALUES(2,1,2,'V02V1WTW57J','U0ANA00000','2026-06-22 07:00:03.550410','{"title": "Rotate every long-lived key", "summary": "It pages us, it costs us, and nobody remembers why it is there.", "effort_weeks": 3.0, "steps": [], "toil_source": "stale-keys", "toil_per_month": 4, "software_added": "", "software_removed": "", "link": ""}',6,'shipped','','U0ANA00000','2026-07-01 08:05:01.028505',NULL,'[]','',NULL,NULL);
INSERT INTO "project" VALUES(3,1,3,'V0HFTISX0VG','U0BEN00000','2026-06-22 07:00:03.763112','{"title": "Right-size the worker fleet", "summary": "It pages us, it costs us, and nobody remembers why it is there.", "effort_weeks": 2.0, "steps": [], "toil_source": "", "toil_per_month": null, "software_added": "a scaler", "software_removed": "", "link": ""}',8,'open','',NULL,NULL,NULL,'[]','',NULL,'2026-07-06 09:30:00.000040');
INSERT INTO "project" VALUES(4,1,4,'V04SNOEEMUW','U0CHLOE000','2026-06-22 07:00:04.127349','{"title": "Turn off TLS between services", "summary": "It pages us, it costs us, and nobody remembers why it is there.", "effort_weeks": 1.0, "steps": [], "toil_source": "", "toil_per_month": null, "software_added": "", "software_removed": "", "link": ""}',5,'open','',NULL,NULL,NULL,'[]','',NULL,'2026-07-06 09:30:00.000040');
INSERT INTO "project" VALUES(5,1,5,'V0GFEM3L4N2','U0DEV00000','2026-06-22 07:00:04.519747','{"title": "Page on symptoms, not on machines", "summary": "It pages us, it costs us, and nobody remembers why it is there.", "effort_weeks": 8.0, "steps": ["List the pages", "Write the symptoms"], "toil_source": "", "toil_per_month": null, "software_added": "", "software_removed": "", "link": ""}',5,'open','',NULL,NULL,NULL,'[]','',NULL,'2026-07-06 09:30:00.000040');
INSERT INTO "project" VALUES(6,1,6,'V0P9YR9ZCIT','U0GUS00000','2026-06-22 07:00:04.764639','{"title": "Rename the build jobs", "summary": "It pages us, it costs us, and nobody remembers why it is there.", "effort_weeks": 2.0, "steps": [], "toil_source": "", "toil_per_month": null, "software_added": "", "software_removed": "", "link": ""}',6,'open','',NULL,NULL,NULL,'[]','',NULL,'2026-07-06 09:30:00.000040');
INSERT INTO "project" VALUES(7,1,7,'V0O12GJ2CM9','U0GUS00000','2026-06-22 07:00:04.944169','{"title": "Mirror the package registry", "summary": "It pages us, it costs us, and nobody remembers why it is there.", "effort_weeks": 1.0, "steps": [], "toil_source": "", "toil_per_month": null, "software_added": "", "software_removed": "", "link": ""}',3,'merged','','U0GUS00000','2026-07-01 08:05:01.344227',9,'[]','',NULL,NULL);
INSERT INTO "project" VALUES(8,1,8,'V0ZRSU8SN4K','U0DEV00000','2026-06-22 07:00:05.157709','{"title": "Paint the racks", "summary": "It pages us, it costs us, and nobody remembers why it is there.", "effort_weeks": 1.0, "steps": [], "toil_source": "", "toil_per_month": null, "software_added": "", "software_removed": "", "link": ""}',2,'handed_off','It moves none of our values.','U0MIA00000','2026-07-01 08:05:01.666329',NULL,'[]','Facilities: ask in #random.',NULL,NULL);
INSERT INTO "project" VALUES(9,1,9,'V0GMO461PZ5','U0FATIMA00','2026-06-22 07:00:05.454928','{"title": "Cache dependency downloads", "summary": "It pages us, it costs us, and nobody remembers why it is there.", "effort_weeks": 2.0, "steps": [], "toil_source": "", "toil_per_month": null, "software_added": "", "software_removed": "", "link": ""}',8,'open','',NULL,NULL,NULL,'[]','',NULL,'2026-07-06 09:30:00.000040');
CREATE TABLE reaction (
	board_id INTEGER NOT NULL, 
	message_ts VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	emoji VARCHAR NOT NULL, 
	present BOOLEAN NOT NULL, 
	event_ts BIGINT NOT NULL, is_backfilled BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_reaction PRIMARY KEY (board_id, message_ts, person, emoji), 
	CONSTRAINT fk_reaction_board_id_board FOREIGN KEY(board_id) REFERENCES board (id)
);
INSERT INTO "reaction" VALUES(1,'1782111603.587859','U0ANA00000','+1',1,1782111606338793,0);
INSERT INTO "reaction" VALUES(1,'1782111603.587859','U0CHLOE000','+1::skin-tone-3',1,1782111606400208,0);
INSERT INTO "reaction" VALUES(1,'1782111603.587859','U0ELI00000','+1',1,1782111606352749,0);
INSERT INTO "reaction" VALUES(1,'1782111603.587859','U0ELI00000','green_heart',1,1782111606422446,0);
INSERT INTO "reaction" VALUES(1,'1782111603.587859','U0GUS00000','green_heart',1,1782111606456175,0);
INSERT INTO "reaction" VALUES(1,'1782111603.820040','U0BEN00000','+1',1,1782111607316797,0);
INSERT INTO "reaction" VALUES(1,'1782111604.171151','U0ELI00000','moneybag',1,1782111608042534,0);
INSERT INTO "reaction" VALUES(1,'1782111604.171151','U0GUS00000','+1',1,1782111608048289,0);
INSERT INTO "reaction" VALUES(1,'1782111604.171151','U0DEV00000','+1',1,1782111608051087,0);
INSERT INTO "reaction" VALUES(1,'1782111610.048192','U0FATIMA00','gear',1,1782111611343573,0);
INSERT INTO "reaction" VALUES(1,'1782111610.251417','U0DEV00000','+1',1,1782111611760123,0);
INSERT INTO "reaction" VALUES(1,'1782111610.580142','U0BEN00000','gear',1,1782111612883224,0);
CREATE TABLE roadmap (
	id INTEGER NOT NULL, 
	board_id INTEGER NOT NULL, 
	quarter VARCHAR NOT NULL, 
	charter_version INTEGER NOT NULL, 
	capacity JSON NOT NULL, 
	committed_by VARCHAR NOT NULL, 
	committed_at DATETIME NOT NULL, undone_by VARCHAR, undone_at DATETIME, 
	CONSTRAINT pk_roadmap PRIMARY KEY (id), 
	CONSTRAINT fk_roadmap_board_id_board FOREIGN KEY(board_id) REFERENCES board (id), 
	CONSTRAINT uq_roadmap_board_id_quarter UNIQUE (board_id, quarter)
);
INSERT INTO "roadmap" VALUES(1,1,'2026-04-01',1,'{"people": 1.0, "weeks": 1.4, "weeks_away": 0.0, "planned_share": 0.82, "share_is_measured": false, "people_source": "setting"}','U0MIA00000','2026-06-22 07:01:00.093600',NULL,NULL);
INSERT INTO "roadmap" VALUES(2,1,'2026-07-01',1,'{"people": 1.0, "weeks": 13.2, "weeks_away": 0.0, "planned_share": 0.82, "share_is_measured": false, "people_source": "setting"}','U0MIA00000','2026-07-01 08:05:00.168366',NULL,NULL);
CREATE TABLE roadmap_change (
	id INTEGER NOT NULL, 
	roadmap_id INTEGER NOT NULL, 
	project_id INTEGER NOT NULL, 
	taken_in BOOLEAN NOT NULL, 
	reason VARCHAR NOT NULL, 
	"by" VARCHAR NOT NULL, 
	at DATETIME NOT NULL, taken_in_as JSON, 
	CONSTRAINT pk_roadmap_change PRIMARY KEY (id), 
	CONSTRAINT fk_roadmap_change_project_id_project FOREIGN KEY(project_id) REFERENCES project (id), 
	CONSTRAINT fk_roadmap_change_roadmap_id_roadmap FOREIGN KEY(roadmap_id) REFERENCES roadmap (id)
);
INSERT INTO "roadmap_change" VALUES(1,2,5,1,'the pages cost us more','U0MIA00000','2026-07-13 08:05:00.111442','{"number": 5, "rank": 2, "needle": 6.875, "effort_weeks": 8.0, "impact": {"security": 0.0, "availability": 0.6, "performance": 0.0, "scalability": 0.0, "cost": 0.0, "efficiency": 1.2}, "carried_over": false}');
INSERT INTO "roadmap_change" VALUES(2,2,3,0,'the pages cost us more','U0MIA00000','2026-07-13 08:05:00.111442',NULL);
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
INSERT INTO "roadmap_item" VALUES(2,1,1,1.57107142857142836334e+01,4.0,'{"security": 0.2, "availability": 1.9047619047619047, "performance": 0.0, "scalability": 0.4, "cost": 0.2, "efficiency": 0.2}',0);
INSERT INTO "roadmap_item" VALUES(2,2,2,9.90277777777778,3.0,'{"security": 1.6, "availability": 0.0, "performance": 0.0, "scalability": 0.0, "cost": 0.0, "efficiency": -0.2}',0);
INSERT INTO "roadmap_item" VALUES(2,3,4,3.40277777777777812318e+00,2.0,'{"security": 0.0, "availability": 0.0, "performance": -0.2, "scalability": 0.0, "cost": 1.5555555555555556, "efficiency": 0.2}',0);
CREATE TABLE "score" (
	project_id INTEGER NOT NULL, 
	person VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	impact INTEGER, 
	given_at DATETIME NOT NULL, 
	CONSTRAINT pk_score PRIMARY KEY (project_id, person, value), 
	CONSTRAINT fk_score_project_id_project FOREIGN KEY(project_id) REFERENCES project (id)
);
INSERT INTO "score" VALUES(1,'U0MIA00000','security',1,'2026-06-22 07:00:05.762235');
INSERT INTO "score" VALUES(1,'U0MIA00000','availability',3,'2026-06-22 07:00:05.762235');
INSERT INTO "score" VALUES(1,'U0MIA00000','performance',0,'2026-06-22 07:00:05.762235');
INSERT INTO "score" VALUES(1,'U0MIA00000','scalability',0,'2026-06-22 07:00:05.762235');
INSERT INTO "score" VALUES(1,'U0MIA00000','cost',1,'2026-06-22 07:00:05.762235');
INSERT INTO "score" VALUES(1,'U0MIA00000','efficiency',0,'2026-06-22 07:00:05.762235');
INSERT INTO "score" VALUES(1,'U0ANA00000','security',0,'2026-06-22 07:00:05.994132');
INSERT INTO "score" VALUES(1,'U0ANA00000','availability',3,'2026-06-22 07:00:05.994132');
INSERT INTO "score" VALUES(1,'U0ANA00000','performance',0,'2026-06-22 07:00:05.994132');
INSERT INTO "score" VALUES(1,'U0ANA00000','scalability',2,'2026-06-22 07:00:05.994132');
INSERT INTO "score" VALUES(1,'U0ANA00000','cost',0,'2026-06-22 07:00:05.994132');
INSERT INTO "score" VALUES(1,'U0ANA00000','efficiency',0,'2026-06-22 07:00:05.994132');
INSERT INTO "score" VALUES(1,'U0BEN00000','security',0,'2026-06-22 07:00:06.269041');
INSERT INTO "score" VALUES(1,'U0BEN00000','availability',2,'2026-06-22 07:00:06.269041');
INSERT INTO "score" VALUES(1,'U0BEN00000','performance',0,'2026-06-22 07:00:06.269041');
INSERT INTO "score" VALUES(1,'U0BEN00000','scalability',0,'2026-06-22 07:00:06.269041');
INSERT INTO "score" VALUES(1,'U0BEN00000','cost',0,'2026-06-22 07:00:06.269041');
INSERT INTO "score" VALUES(1,'U0BEN00000','efficiency',1,'2026-06-22 07:00:06.269041');
INSERT INTO "score" VALUES(2,'U0MIA00000','security',3,'2026-06-22 07:00:06.966316');
INSERT INTO "score" VALUES(2,'U0MIA00000','availability',0,'2026-06-22 07:00:06.966316');
INSERT INTO "score" VALUES(2,'U0MIA00000','performance',0,'2026-06-22 07:00:06.966316');
INSERT INTO "score" VALUES(2,'U0MIA00000','scalability',0,'2026-06-22 07:00:06.966316');
INSERT INTO "score" VALUES(2,'U0MIA00000','cost',0,'2026-06-22 07:00:06.966316');
INSERT INTO "score" VALUES(2,'U0MIA00000','efficiency',0,'2026-06-22 07:00:06.966316');
INSERT INTO "score" VALUES(2,'U0ANA00000','security',3,'2026-06-22 07:00:07.123780');
INSERT INTO "score" VALUES(2,'U0ANA00000','availability',0,'2026-06-22 07:00:07.123780');
INSERT INTO "score" VALUES(2,'U0ANA00000','performance',0,'2026-06-22 07:00:07.123780');
INSERT INTO "score" VALUES(2,'U0ANA00000','scalability',0,'2026-06-22 07:00:07.123780');
INSERT INTO "score" VALUES(2,'U0ANA00000','cost',0,'2026-06-22 07:00:07.123780');
INSERT INTO "score" VALUES(2,'U0ANA00000','efficiency',-1,'2026-06-22 07:00:07.123780');
INSERT INTO "score" VALUES(2,'U0DEV00000','security',2,'2026-06-22 07:00:07.280420');
INSERT INTO "score" VALUES(2,'U0DEV00000','availability',0,'2026-06-22 07:00:07.280420');
INSERT INTO "score" VALUES(2,'U0DEV00000','performance',0,'2026-06-22 07:00:07.280420');
INSERT INTO "score" VALUES(2,'U0DEV00000','scalability',0,'2026-06-22 07:00:07.280420');
INSERT INTO "score" VALUES(2,'U0DEV00000','cost',0,'2026-06-22 07:00:07.280420');
INSERT INTO "score" VALUES(2,'U0DEV00000','efficiency',0,'2026-06-22 07:00:07.280420');
INSERT INTO "score" VALUES(3,'U0MIA00000','security',0,'2026-06-22 07:00:07.667655');
INSERT INTO "score" VALUES(3,'U0MIA00000','availability',0,'2026-06-22 07:00:07.667655');
INSERT INTO "score" VALUES(3,'U0MIA00000','performance',0,'2026-06-22 07:00:07.667655');
INSERT INTO "score" VALUES(3,'U0MIA00000','scalability',0,'2026-06-22 07:00:07.667655');
INSERT INTO "score" VALUES(3,'U0MIA00000','cost',3,'2026-06-22 07:00:07.667655');
INSERT INTO "score" VALUES(3,'U0MIA00000','efficiency',0,'2026-06-22 07:00:07.667655');
INSERT INTO "score" VALUES(3,'U0BEN00000','security',0,'2026-06-22 07:00:07.867656');
INSERT INTO "score" VALUES(3,'U0BEN00000','availability',0,'2026-06-22 07:00:07.867656');
INSERT INTO "score" VALUES(3,'U0BEN00000','performance',-1,'2026-06-22 07:00:07.867656');
INSERT INTO "score" VALUES(3,'U0BEN00000','scalability',0,'2026-06-22 07:00:07.867656');
INSERT INTO "score" VALUES(3,'U0BEN00000','cost',2,'2026-06-22 07:00:07.867656');
INSERT INTO "score" VALUES(3,'U0BEN00000','efficiency',0,'2026-06-22 07:00:07.867656');
INSERT INTO "score" VALUES(3,'U0GUS00000','security',0,'2026-06-22 07:00:07.991198');
INSERT INTO "score" VALUES(3,'U0GUS00000','availability',0,'2026-06-22 07:00:07.991198');
INSERT INTO "score" VALUES(3,'U0GUS00000','performance',0,'2026-06-22 07:00:07.991198');
INSERT INTO "score" VALUES(3,'U0GUS00000','scalability',0,'2026-06-22 07:00:07.991198');
INSERT INTO "score" VALUES(3,'U0GUS00000','cost',2,'2026-06-22 07:00:07.991198');
INSERT INTO "score" VALUES(3,'U0GUS00000','efficiency',1,'2026-06-22 07:00:07.991198');
INSERT INTO "score" VALUES(4,'U0MIA00000','security',-3,'2026-06-22 07:00:08.697706');
INSERT INTO "score" VALUES(4,'U0MIA00000','availability',0,'2026-06-22 07:00:08.697706');
INSERT INTO "score" VALUES(4,'U0MIA00000','performance',1,'2026-06-22 07:00:08.697706');
INSERT INTO "score" VALUES(4,'U0MIA00000','scalability',0,'2026-06-22 07:00:08.697706');
INSERT INTO "score" VALUES(4,'U0MIA00000','cost',0,'2026-06-22 07:00:08.697706');
INSERT INTO "score" VALUES(4,'U0MIA00000','efficiency',0,'2026-06-22 07:00:08.697706');
INSERT INTO "score" VALUES(4,'U0ANA00000','security',-3,'2026-06-22 07:00:08.943602');
INSERT INTO "score" VALUES(4,'U0ANA00000','availability',0,'2026-06-22 07:00:08.943602');
INSERT INTO "score" VALUES(4,'U0ANA00000','performance',2,'2026-06-22 07:00:08.943602');
INSERT INTO "score" VALUES(4,'U0ANA00000','scalability',0,'2026-06-22 07:00:08.943602');
INSERT INTO "score" VALUES(4,'U0ANA00000','cost',0,'2026-06-22 07:00:08.943602');
INSERT INTO "score" VALUES(4,'U0ANA00000','efficiency',0,'2026-06-22 07:00:08.943602');
INSERT INTO "score" VALUES(4,'U0BEN00000','security',-2,'2026-06-22 07:00:09.595586');
INSERT INTO "score" VALUES(4,'U0BEN00000','availability',0,'2026-06-22 07:00:09.595586');
INSERT INTO "score" VALUES(4,'U0BEN00000','performance',2,'2026-06-22 07:00:09.595586');
INSERT INTO "score" VALUES(4,'U0BEN00000','scalability',0,'2026-06-22 07:00:09.595586');
INSERT INTO "score" VALUES(4,'U0BEN00000','cost',0,'2026-06-22 07:00:09.595586');
INSERT INTO "score" VALUES(4,'U0BEN00000','efficiency',0,'2026-06-22 07:00:09.595586');
INSERT INTO "score" VALUES(5,'U0MIA00000','security',0,'2026-06-22 07:00:10.161753');
INSERT INTO "score" VALUES(5,'U0MIA00000','availability',3,'2026-06-22 07:00:10.161753');
INSERT INTO "score" VALUES(5,'U0MIA00000','performance',0,'2026-06-22 07:00:10.161753');
INSERT INTO "score" VALUES(5,'U0MIA00000','scalability',0,'2026-06-22 07:00:10.161753');
INSERT INTO "score" VALUES(5,'U0MIA00000','cost',0,'2026-06-22 07:00:10.161753');
INSERT INTO "score" VALUES(5,'U0MIA00000','efficiency',2,'2026-06-22 07:00:10.161753');
INSERT INTO "score" VALUES(5,'U0DEV00000','security',0,'2026-06-22 07:00:10.386952');
INSERT INTO "score" VALUES(5,'U0DEV00000','availability',3,'2026-06-22 07:00:10.386952');
INSERT INTO "score" VALUES(5,'U0DEV00000','performance',0,'2026-06-22 07:00:10.386952');
INSERT INTO "score" VALUES(5,'U0DEV00000','scalability',0,'2026-06-22 07:00:10.386952');
INSERT INTO "score" VALUES(5,'U0DEV00000','cost',0,'2026-06-22 07:00:10.386952');
INSERT INTO "score" VALUES(5,'U0DEV00000','efficiency',3,'2026-06-22 07:00:10.386952');
INSERT INTO "score" VALUES(5,'U0ELI00000','security',0,'2026-06-22 07:00:10.731047');
INSERT INTO "score" VALUES(5,'U0ELI00000','availability',-3,'2026-06-22 07:00:10.731047');
INSERT INTO "score" VALUES(5,'U0ELI00000','performance',0,'2026-06-22 07:00:10.731047');
INSERT INTO "score" VALUES(5,'U0ELI00000','scalability',0,'2026-06-22 07:00:10.731047');
INSERT INTO "score" VALUES(5,'U0ELI00000','cost',0,'2026-06-22 07:00:10.731047');
INSERT INTO "score" VALUES(5,'U0ELI00000','efficiency',1,'2026-06-22 07:00:10.731047');
INSERT INTO "score" VALUES(6,'U0GUS00000','security',0,'2026-06-22 07:01:00.552369');
INSERT INTO "score" VALUES(6,'U0GUS00000','availability',0,'2026-06-22 07:01:00.552369');
INSERT INTO "score" VALUES(6,'U0GUS00000','performance',0,'2026-06-22 07:01:00.552369');
INSERT INTO "score" VALUES(6,'U0GUS00000','scalability',0,'2026-06-22 07:01:00.552369');
INSERT INTO "score" VALUES(6,'U0GUS00000','cost',0,'2026-06-22 07:01:00.552369');
INSERT INTO "score" VALUES(6,'U0GUS00000','efficiency',1,'2026-06-22 07:01:00.552369');
INSERT INTO "score" VALUES(9,'U0ANA00000','security',0,'2026-06-22 07:00:12.725875');
INSERT INTO "score" VALUES(9,'U0ANA00000','availability',0,'2026-06-22 07:00:12.725875');
INSERT INTO "score" VALUES(9,'U0ANA00000','performance',0,'2026-06-22 07:00:12.725875');
INSERT INTO "score" VALUES(9,'U0ANA00000','scalability',0,'2026-06-22 07:00:12.725875');
INSERT INTO "score" VALUES(9,'U0ANA00000','cost',0,'2026-06-22 07:00:12.725875');
INSERT INTO "score" VALUES(9,'U0ANA00000','efficiency',2,'2026-06-22 07:00:12.725875');
INSERT INTO "score" VALUES(9,'U0FATIMA00','security',0,'2026-06-22 07:00:12.851960');
INSERT INTO "score" VALUES(9,'U0FATIMA00','availability',0,'2026-06-22 07:00:12.851960');
INSERT INTO "score" VALUES(9,'U0FATIMA00','performance',0,'2026-06-22 07:00:12.851960');
INSERT INTO "score" VALUES(9,'U0FATIMA00','scalability',0,'2026-06-22 07:00:12.851960');
INSERT INTO "score" VALUES(9,'U0FATIMA00','cost',0,'2026-06-22 07:00:12.851960');
INSERT INTO "score" VALUES(9,'U0FATIMA00','efficiency',3,'2026-06-22 07:00:12.851960');
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
INSERT INTO "toil" VALUES(1,1,'command:66249101934.7034537978.faa2a781c06303343d09ed5f80c04a1e','page','nat-1',45,'2026-06-22 07:00:12.979296',0,'failover','U0DEV00000');
INSERT INTO "toil" VALUES(2,1,'command:122882794499.6864595438.bff5356f0ac577e5d80f6f8b602c4b2f','page','nat-1',45,'2026-06-22 07:00:13.028496',0,'failover','U0DEV00000');
INSERT INTO "toil" VALUES(3,1,'command:676095534694.533224390.1f835dd542fa669841601ba2b466cded','page','nat-1',45,'2026-06-22 07:00:13.062293',0,'failover','U0DEV00000');
INSERT INTO "toil" VALUES(4,1,'command:939048489344.6978026360.0a2501fa69b30df927713b352fae88ac','page','db-primary',30,'2026-07-28 08:05:00.597236',0,'replica lag','U0DEV00000');
INSERT INTO "toil" VALUES(5,1,'command:951929661802.296053075.d229595f6a14ffcf673c998a5ba7d577','page','db-primary',30,'2026-07-28 08:05:00.689382',0,'replica lag','U0DEV00000');
INSERT INTO "toil" VALUES(6,1,'command:817225581267.603589485.b474bdd04b25750d393bfa688274f39d','page','db-primary',30,'2026-07-28 08:05:00.742440',0,'replica lag','U0DEV00000');
INSERT INTO "toil" VALUES(7,1,'command:64281010894.1106258523.8827274c6628dada66e2f6e0fe80cd90','page','db-primary',30,'2026-07-28 08:05:00.836392',0,'replica lag','U0DEV00000');
INSERT INTO "toil" VALUES(8,1,'command:318470145547.4888995036.d2b5cce66367513c36a81cc700cb6271','page','db-primary',30,'2026-07-28 08:05:00.956316',0,'replica lag','U0DEV00000');
INSERT INTO "toil" VALUES(9,1,'command:603992664635.5481311243.67f5cf2a32a3bc48bf14a483fba12fff','interrupt','certificate',50,'2026-07-28 08:05:01.040142',0,'it ran out','U0ANA00000');
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
CREATE INDEX ix_project_reveal ON project (board_id, revealed_at, proposed_at, status);
CREATE INDEX ix_channel_member_person ON channel_member (person);
COMMIT;
