/**
 * Types of the data that the sandbox's server sends: Slack's own objects in `Slack`, and the
 * sandbox's in `Sandbox`. The server validates Block Kit before anything reaches the page.
 */

/** Slack's objects (docs.slack.dev/reference). */
declare namespace Slack {
  interface Text {
    type: "plain_text" | "mrkdwn";
    text: string;
    emoji?: boolean;
    verbatim?: boolean;
  }

  interface Option {
    text: Text;
    value: string;
    description?: Text;
    url?: string;
  }

  interface OptionGroup {
    label: Text;
    options: Option[];
  }

  /** Options of a select, with or without groups. */
  interface Options {
    options?: Option[];
    option_groups?: OptionGroup[];
  }

  interface Confirm {
    title: Text;
    text: Text;
    confirm: Text;
    deny: Text;
    style?: "primary" | "danger";
  }

  interface Reaction {
    name: string;
    users: string[];
    count: number;
  }

  /** A secondary attachment, with the fields that the page draws. */
  interface Attachment {
    fallback: string;
    color?: string;
    pretext?: string;
    author_name?: string;
    author_link?: string;
    title?: string;
    title_link?: string;
    text?: string;
    fields?: AttachmentField[];
    blocks?: Block[];
    image_url?: string;
    thumb_url?: string;
    footer?: string;
  }

  interface AttachmentField {
    title?: string;
    value?: string;
  }

  interface File {
    id?: string;
    name?: string;
    title?: string;
    mimetype?: string;
    pretty_type?: string;
    size?: number;
    permalink?: string;
    url_private?: string;
    alt_txt?: string;
  }

  interface Image {
    type: "image";
    block_id?: string;
    image_url?: string;
    alt_text: string;
    title?: Text;
  }

  // Elements of blocks (docs.slack.dev/reference/block-kit/block-elements).

  interface Interactive {
    action_id: string;
    confirm?: Confirm;
    placeholder?: Text;
    focus_on_load?: boolean;
  }

  interface Button extends Interactive {
    type: "button";
    text: Text;
    value?: string;
    url?: string;
    style?: "primary" | "danger";
    accessibility_label?: string;
  }

  interface Overflow extends Interactive {
    type: "overflow";
    options: Option[];
  }

  interface WorkflowButton extends Interactive {
    type: "workflow_button";
    text: Text;
  }

  interface FeedbackChoice {
    text: Text;
    value: string;
    accessibility_label?: string;
  }

  interface FeedbackButtons extends Interactive {
    type: "feedback_buttons";
    positive_button: FeedbackChoice;
    negative_button: FeedbackChoice;
  }

  interface IconButton extends Interactive {
    type: "icon_button";
    icon: string;
    text: Text;
    accessibility_label?: string;
    visible_to_user_ids?: string[];
  }

  interface Choices extends Interactive {
    type: "radio_buttons" | "checkboxes";
    options: Option[];
    initial_option?: Option;
    initial_options?: Option[];
  }

  interface Select extends Interactive, Options {
    type:
      | "static_select"
      | "users_select"
      | "channels_select"
      | "conversations_select"
      | "external_select"
      | "multi_static_select"
      | "multi_users_select"
      | "multi_channels_select"
      | "multi_conversations_select"
      | "multi_external_select";
    initial_option?: Option;
    initial_user?: string;
    initial_channel?: string;
    initial_conversation?: string;
    initial_options?: Option[];
    initial_users?: string[];
    initial_channels?: string[];
    initial_conversations?: string[];
    default_to_current_conversation?: boolean;
    filter?: { include?: string[] };
    max_selected_items?: number;
    min_query_length?: number;
  }

  interface Picker extends Interactive {
    type: "datepicker" | "timepicker" | "datetimepicker";
    initial_date?: string;
    initial_time?: string;
    initial_date_time?: number;
  }

  interface PlainInput extends Interactive {
    type: "plain_text_input" | "number_input" | "email_text_input" | "url_text_input";
    initial_value?: string;
    multiline?: boolean;
    max_length?: number;
    dispatch_action_config?: DispatchConfig;
  }

  interface RichTextInput extends Interactive {
    type: "rich_text_input";
    initial_value?: RichText;
    dispatch_action_config?: DispatchConfig;
  }

  interface DispatchConfig {
    trigger_actions_on?: ("on_enter_pressed" | "on_character_entered")[];
  }

  type Element =
    | Button
    | Choices
    | FeedbackButtons
    | IconButton
    | Overflow
    | Picker
    | PlainInput
    | RichTextInput
    | Select
    | WorkflowButton;

  // Rich text (docs.slack.dev/reference/block-kit/blocks/rich-text-block).

  type RichTextPart = {
    style?: Record<string, boolean>;
  } & (
    | { type: "text"; text: string }
    | { type: "link"; url: string; text?: string }
    | { type: "emoji"; name: string; unicode?: string; skin_tone?: number }
    | { type: "user"; user_id: string }
    | { type: "channel"; channel_id: string }
    | { type: "usergroup"; usergroup_id: string }
    | { type: "team"; team_id: string }
    | { type: "broadcast"; range: string }
    | { type: "color"; value: string }
    | { type: "date"; timestamp: number; format: string; url?: string; fallback?: string }
  );

  interface RichTextLine {
    type: "rich_text_section" | "rich_text_preformatted" | "rich_text_quote";
    elements: RichTextPart[];
  }

  interface RichTextList {
    type: "rich_text_list";
    style: "bullet" | "ordered";
    elements: RichTextLine[];
    indent?: number;
    offset?: number;
    border?: number;
  }

  type RichTextSection = RichTextLine | RichTextList;

  interface RichText {
    type: "rich_text";
    block_id?: string;
    elements: RichTextSection[];
  }

  // Blocks (docs.slack.dev/reference/block-kit/blocks).

  interface Actions {
    type: "actions" | "context_actions";
    block_id: string;
    elements: Element[];
  }

  interface Alert {
    type: "alert";
    block_id: string;
    text: Text;
    level?: string;
  }

  interface Card {
    type: "card";
    block_id: string;
    hero_image?: Image;
    icon?: Image;
    title?: Text;
    subtitle?: Text;
    body?: Text;
    actions?: Element[];
  }

  interface Carousel {
    type: "carousel";
    block_id: string;
    elements: Card[];
  }

  interface Container {
    type: "container";
    block_id: string;
    icon?: Image;
    title?: Text;
    rich_text_title?: RichText;
    subtitle?: Text;
    child_blocks: Block[];
    is_collapsible?: boolean;
    default_collapsed?: boolean;
  }

  interface Context {
    type: "context";
    block_id: string;
    elements: (Image | Text)[];
  }

  interface ChartPoint {
    label: string;
    value: number;
  }

  interface Chart {
    type: "data_visualization";
    block_id: string;
    title: string;
    chart:
      | { type: "pie"; segments: ChartPoint[] }
      | {
          type: "line" | "bar" | "area";
          segments?: undefined;
          series: { name: string; data: ChartPoint[] }[];
          axis_config: { categories: string[] };
        };
  }

  interface Divider {
    type: "divider";
    block_id: string;
  }

  interface RemoteFile {
    type: "file";
    block_id: string;
    external_id: string;
  }

  interface Header {
    type: "header";
    block_id: string;
    text: Text;
  }

  interface Input {
    type: "input";
    block_id: string;
    label: Text;
    element: Element;
    hint?: Text;
    optional?: boolean;
    dispatch_action?: boolean;
  }

  interface Markdown {
    type: "markdown";
    block_id: string;
    text: string;
  }

  interface Task {
    title: Text | string;
    status?: "pending" | "in_progress" | "complete" | "error";
    details?: RichText;
    output?: RichText;
    sources?: { url: string; text: string }[];
  }

  interface Plan {
    type: "plan";
    block_id: string;
    title: Text | string;
    tasks?: Task[];
  }

  interface TaskCard extends Task {
    type: "task_card";
    block_id: string;
  }

  interface Section {
    type: "section";
    block_id: string;
    text?: Text;
    fields?: Text[];
    accessory?: Element | Image;
  }

  type Cell = RichText | { type: "raw_text" | "raw_number"; text?: string };

  interface Column {
    align?: "left" | "center" | "right";
    is_wrapped?: boolean;
  }

  interface Table {
    type: "table";
    block_id: string;
    rows: Cell[][];
    column_settings?: Column[];
  }

  interface DataTable {
    type: "data_table";
    block_id: string;
    rows: Cell[][];
    caption?: string;
    row_header_column_index?: number;
  }

  interface Video {
    type: "video";
    block_id: string;
    title: Text;
    title_url?: string;
    video_url: string;
    thumbnail_url: string;
    alt_text: string;
    description?: Text;
    author_name?: string;
    provider_name?: string;
  }

  type Block =
    | Actions
    | Alert
    | Card
    | Carousel
    | Chart
    | Container
    | Context
    | DataTable
    | Divider
    | Header
    | Image
    | Input
    | Markdown
    | Plan
    | RemoteFile
    | RichText
    | Section
    | Table
    | TaskCard
    | Video;

  /** An entry of a view's `state.values`. The type determines which property has the value. */
  interface StateValue {
    type: string;
    selected_option?: Option | null;
    selected_options?: Option[];
    rich_text_value?: RichText | null;
    [property: string]: unknown;
  }
}

/** Data from `/control` (`control/routes.py`, `surfaces/screens.py`). */
declare namespace Sandbox {
  interface Workspace {
    team: { id: string; name: string };
    app: App;
    people: Person[];
    emoji: Emoji[];
    built_in_commands: Command[];
  }

  interface App {
    id: string;
    name: string;
    bot_user_id: string;
    has_home: boolean;
    has_messages_tab: boolean;
    accepts_direct_messages: boolean;
    commands: Command[];
    shortcuts: Shortcut[];
  }

  interface Command {
    command: string;
    description: string;
    usage_hint: string;
  }

  interface Shortcut {
    type: "global" | "message";
    name: string;
    callback_id: string;
    description: string;
  }

  interface Emoji {
    name: string;
    character: string;
    aliases: string[];
    has_tones: boolean;
  }

  interface Person {
    id: string;
    name: string;
    real_name: string;
    is_bot: boolean;
    is_admin: boolean;
    is_restricted: boolean;
    deleted: boolean;
    /** Whether this is the app's own bot user. */
    is_app?: boolean;
  }

  interface Channel {
    id: string;
    /** In a direct message, the handle of the other person. */
    name: string;
    is_private: boolean;
    is_im: boolean;
    is_archived: boolean;
    is_member: boolean;
    members: string[];
    topic: string;
  }

  interface Message {
    ts: string;
    user: string;
    text: string;
    reactions: Slack.Reaction[];
    edited: boolean;
    ephemeral: boolean;
    username?: string;
    blocks?: Slack.Block[];
    attachments?: Slack.Attachment[];
    metadata?: Record<string, unknown>;
    subtype?: string;
    thread_ts?: string;
    files?: Slack.File[];
  }

  interface View {
    id: string;
    type: "modal" | "home";
    hash: string;
    title: Slack.Text;
    submit: Slack.Text | null;
    close: Slack.Text | null;
    blocks: Slack.Block[];
    state: { values: Record<string, Record<string, Slack.StateValue>> };
    /** Errors of its inputs, by block ID. */
    errors?: Record<string, string>;
    /** Whether it's waiting for the app to acknowledge a submission. */
    busy?: boolean;
  }

  interface Screen {
    seq: number;
    channels: Channel[];
    messages: Record<string, Message[]>;
    views: View[];
    home: View | null;
  }

  /** A request between the app and the sandbox. */
  interface TrafficEntry {
    id: number;
    kind: string;
    from: "app" | "slack";
    name: string;
    at: number;
    ok: boolean;
    error?: string;
    ms?: number;
    request: unknown;
    response?: unknown;
  }

  /** A frame of the live stream: a change on a screen. */
  type Frame = { seq: number } & (
    | { type: "message"; channel: string; message: Message }
    | { type: "message_deleted"; channel: string; ts: string }
    | { type: "views"; views: View[] }
    | { type: "home"; view: View | null }
    | { type: "channel"; channel: Channel }
    | { type: "person"; person: Person }
    | { type: "notice"; text: string }
    | { type: "traffic"; entry: TrafficEntry }
  );

  /** The response to an action of a person. */
  interface Answer extends Slack.Options {
    ok: boolean;
    error?: string;
    detail?: string;
    /** Whether Slackbot has already told the person why. */
    answered?: boolean;
    /** Errors of a form's inputs, by block ID. */
    fields?: Record<string, string>;
    /** The direct message with the app, after the action "messages". */
    channel?: string;
  }
}

/** Types that the page's modules share. */
declare namespace Page {
  type State = import("./state.js").State;
  type Surface = import("./blocks/surface.js").Surface;
  type MessageRow = import("./chat/message.js").MessageRow;
  type Icon = import("./icons.js").IconName;

  /** What the page shows: a channel or the Home tab. */
  type Place = { kind: "channel"; id: string } | { kind: "home" };

  /** Key of a message, or of a thread by its parent message. */
  interface MessageKey {
    channel: string;
    ts: string;
  }

  /** Events of the state, by type. */
  interface Events {
    channel: Sandbox.Channel;
    connection: { up: boolean };
    home: undefined;
    message: { channel: string; message: Sandbox.Message; isNew: boolean };
    message_deleted: MessageKey;
    notice: { text: string };
    person: Sandbox.Person;
    "person-changed": Sandbox.Person;
    place: Place;
    screen: undefined;
    thread: MessageKey | null;
    traffic: Sandbox.TrafficEntry;
    "traffic-open": undefined;
    views: undefined;
  }

  /** A block with interactive elements. The server generates an ID if the app omits it. */
  type BlockWithId = Slack.Block & { block_id: string };

  /** Value of a field: a string, a list of strings, or null if it's empty. */
  type Raw = string | string[] | null;

  /** A field that a person can fill in. */
  interface Field {
    block: BlockWithId;
    element: Slack.Element;
    node: HTMLElement;
    read: () => Raw;
    write: (raw: Raw) => void;
    /** Add options that the element itself doesn't list. */
    addOptions?: (options: Slack.Option[]) => void;
  }

  interface SelectItem {
    value: string;
    label: string;
    note?: string;
  }

  /** A group of items. The label is empty if there are no groups. */
  interface SelectGroup {
    label: string;
    items: SelectItem[];
  }

  /** Surface and block of an element, its label, and whether changes send an action to the app. */
  interface ElementContext {
    surface: Surface;
    block: BlockWithId;
    id: string;
    /** ARIA attributes. */
    ariaLabels: Record<string, string | false | undefined>;
    dispatchesActions: boolean;
  }

  /** The value of an action, under the name that the sandbox expects. */
  interface ActionValue {
    value?: Raw;
    values?: Raw;
    text?: string;
  }

  /** A child that `el` accepts. */
  type Child = Node | string | number | null | undefined | false | readonly Child[];

  type Handler<E extends Event = Event> = (
    event: E & { currentTarget: HTMLElement; target: HTMLElement },
  ) => unknown;

  /** Props that `el` sets on an element. It skips null, undefined and false. */
  interface Props {
    class?: string;
    data?: Record<string, string | undefined>;
    onchange?: Handler;
    onclick?: Handler<MouseEvent>;
    oninput?: Handler;
    onkeydown?: Handler<KeyboardEvent>;
    onpointerdown?: Handler<PointerEvent>;
    onsubmit?: Handler<SubmitEvent>;
    onpick?: Handler;
    [attribute: string]: unknown;
  }

  /** An item of a menu. */
  interface MenuEntry {
    heading?: undefined;
    label: Child;
    note?: Child;
    href?: string | null;
    image?: Node;
    isSelected?: boolean;
    isDanger?: boolean;
    isRadio?: boolean;
    onselect?: () => unknown;
  }
  type MenuItem = MenuEntry | { heading: Child } | null | false;
}
